from django.urls import path

from pendopo.payments.views import bills, checks, citizen, days, lines, merchants, partner, transfers

app_name = "payments"
BILLS = [
    path("b/<str:bill_key>/", citizen.bill, name="bill_of_key"),
    path("b/<str:bill_key>/code/", citizen.code_wish, name="code_wish"),
    path("b/<str:bill_key>/photos/", citizen.photo_sending, name="photo_sending"),
    path("b/<str:bill_key>/refund/", citizen.refund_wish, name="refund_wish"),
    path("b/<str:bill_key>/refund/account/", citizen.refund_account, name="refund_account_wish"),
    path("b/<str:bill_key>/receipt.pdf", citizen.receipt, name="receipt"),
    path("bills/", bills.bills, name="bills"),
    path("bills/list.csv", bills.sheet, {"kind": "csv"}, name="bills_csv"),
    path("bills/list.xlsx", bills.sheet, {"kind": "xlsx"}, name="bills_xlsx"),
    path("bills/new/", bills.new, name="bill_new"),
    path("bills/<int:bill>/", bills.bill, name="bill"),
    path("bills/<int:bill>/deposits/", bills.deposits, name="bill_deposits"),
    path("bills/<int:bill>/voiding/", bills.void, name="bill_voiding"),
    path("bills/<int:bill>/refunds/", bills.refunds, name="bill_refunds"),
    path("bills/<int:bill>/admission/", bills.admission, name="bill_admission"),
    path("bills/<int:bill>/photos/<int:receipt_photo>/", bills.photo, name="bill_photo"),
]
CHECKS = [
    path("checks/", checks.checks, name="checks"),
    path("checks/deposits/<int:deposit>/", checks.deposit, name="deposit_check"),
    path("checks/refunds/<int:refund>/", checks.refund, name="refund_check"),
    path("checks/refunds/<int:refund>/account/", transfers.account, name="refund_account"),
    path("checks/refunds/<int:refund>/transfers/", transfers.transfers, name="refund_transfers"),
    path("checks/transfers/<int:transfer>/", transfers.transfer, name="transfer_check"),
    path("checks/wishes/<int:wish>/", checks.wish, name="wish_forward"),
    path("reconciliation/", days.reconciliation, name="reconciliation"),
    path("reconciliation/list.csv", days.sheet, {"kind": "csv"}, name="reconciliation_csv"),
    path("reconciliation/list.xlsx", days.sheet, {"kind": "xlsx"}, name="reconciliation_xlsx"),
    path("reconciliation/statements/", days.statements, name="statements"),
    path("reconciliation/lines/", lines.lines, name="statement_lines"),
    path("reconciliation/explanations/", days.explanations, name="explanations"),
    path("reconciliation/closing/", days.closing, name="day_closing"),
    path("settings/qris/", merchants.merchant, name="merchant"),
]
PARTNER = [
    path("v1.0/access-token/b2b", partner.token, name="snap_token"),
    path("v1.0/qr/qr-mpm-notify", partner.notify, name="snap_notify"),
]
urlpatterns = [*BILLS, *CHECKS, *PARTNER]
