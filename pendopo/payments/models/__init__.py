"""The tables of bills and payments. Django finds them here; each stands in the file of its use."""

from pendopo.payments.models.asking import WISH, RefundWish, Wished
from pendopo.payments.models.bills import PHOTO_KEY, Bill, Photo, Voiding
from pendopo.payments.models.codes import Charge, GatewayCall, GatewayNotice
from pendopo.payments.models.days import DayClosing, Explanation, Statement, StatementLine
from pendopo.payments.models.merchants import PRIVATE_KEY, SECRET, Merchant
from pendopo.payments.models.returning import ACCOUNT, GatewayRefund, RefundAccount, Return, Transfer
from pendopo.payments.models.settling import Checked, Deposit, Refund, Settlement

__all__ = [
    "ACCOUNT", "PHOTO_KEY", "PRIVATE_KEY", "SECRET", "WISH", "Bill", "Charge", "Checked", "DayClosing", "Deposit",
    "Explanation", "GatewayCall", "GatewayNotice", "GatewayRefund", "Merchant", "Photo", "Refund", "RefundAccount",
    "RefundWish", "Return", "Settlement", "Statement", "StatementLine", "Transfer", "Voiding", "Wished",
]  # fmt: skip
