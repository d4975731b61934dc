from pendopo.agencies.types import Role
from tests.wrong_input.trying import HERE, UUID, Try, post

BILLING = [
    *(
        Try(HERE + path, role=Role.MANAGER)
        for path in (
            "/b/x/",
            "/b/%C3%A9/",
            "/b/" + "a" * 300 + "/",
            "/b/x/receipt.pdf",
            "/bills/?cursor=x",
            "/bills/?state=x",
            "/bills/?q=%00",
            f"/bills/{2**70}/",
            f"/bills/{{bill}}/photos/{2**70}/",
            "/bills/new/?variant=x",
            f"/bills/new/?variant={2**70}",
            "/bills/new/?variant=%C2%B2",
            "/reconciliation/?day=x",
            "/reconciliation/?day=10000-01-01",
            "/reconciliation/list.csv?day=2026-02-30",
        )
    ),
    *(
        post(path, body, role=Role.MANAGER)
        for path, body in (
            ("/bills/new/", ""),
            ("/bills/new/?variant={variant}", "shown=x&days=0&part=x"),
            ("/bills/new/?variant={variant}", f"shown={2**70}&days=99999999999&part=7d9f5a3e"),
            (
                "/bills/new/?variant={variant}",
                "shown=1&days=1&part=7d9f5a3e-9d0c-4f6e-8f3e-0d9a3c1b2a10",
            ),
            ("/bills/{bill}/deposits/", "how=x&number=%00&amount=-1&paid_on=x"),
            ("/bills/{bill}/deposits/", f"how=desk&number=x&amount=1&paid_on=2026-01-01&photo={2**70}"),
            ("/bills/{bill}/voiding/", "reason="),
            ("/bills/{bill}/voiding/", "reason=x"),
            ("/bills/{bill}/refunds/", "reason=&part=x"),
            ("/bills/{bill}/admission/", "reason=x"),
            (f"/bills/{2**70}/voiding/", "reason=x"),
            ("/b/{bill_key}/code/", ""),
            ("/b/{bill_key}/photos/", "file=x"),
            ("/b/{bill_key}/refund/", ""),
            ("/b/{bill_key}/refund/", "part=x&reason=%00&to=x"),
            ("/b/{bill_key}/refund/", f"part={UUID}&reason=x&to=bank&bank=&last_digits=12345"),
            ("/b/{bill_key}/refund/", f"part={UUID}&reason=x&to=bank&bank=x&last_digits=%C2%B2%C2%B2%C2%B2%C2%B2"),
            ("/b/{bill_key}/refund/", f"part={UUID}&reason=x&to=desk"),
            ("/b/x/refund/", f"part={UUID}&reason=x&to=desk"),
            (f"/checks/wishes/{2**70}/", f"part={UUID}"),
            ("/checks/wishes/{wish}/", "part=x"),
            ("/bills/new/?variant={variant}", f"shown=50000&days=1&part={UUID}&phone=0812"),
            ("/bills/new/?variant={variant}", f"shown=50000&days=1&part={UUID}&name=x&nik=1"),
            ("/bills/new/?variant={variant}", f"shown=50000&days=1&part={UUID}&name=%00"),
            ("/reconciliation/lines/", ""),
            ("/reconciliation/lines/", "day=2026-01-01"),
            ("/reconciliation/lines/", "day=2026-01-01&way=x&day_column=a&mark_column=a&amount_column=%00&file=x"),
            (f"/checks/deposits/{2**70}/", "verdict=accept"),
            ("/checks/deposits/{deposit}/", "verdict=x"),
            ("/checks/refunds/{refund}/", "verdict=refuse&words="),
            ("/reconciliation/statements/", "day=x"),
            ("/reconciliation/statements/", "day=2026-01-01&way=x&amount=1.5&count=-1&source=%00"),
            ("/reconciliation/explanations/", "day=2026-01-01&subject=x&reason=x"),
            ("/reconciliation/closing/", "day=2099-01-01"),
            ("/settings/qris/", "address=http://x&client=&secret=%00&reason=x"),
            ("/settings/qris/", "address=http://169.254.169.254&client=a&merchant_number=b&channel=c&reason=x"),
            ("/settings/qris/", "address=https://a.b&client=a&merchant_number=b&channel=c&gateway_key=x&reason=x"),
        )
    ),
]
