from django import template

from pendopo.kernel.money import Money

register = template.Library()


@register.filter
def rupiah(amount: Money | int | None) -> str:
    """Write `{{ fee.amount|rupiah }}` as "Rp1.250.000" or "Gratis"; nothing for None, which is not known."""
    if amount is None:
        return ""
    return str(amount if isinstance(amount, Money) else Money(amount))
