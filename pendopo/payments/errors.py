from pendopo.kernel.errors import RuleViolation


class FeeUnknown(RuleViolation):
    """No rule says what a case costs: nobody may ask for money."""

    code = "fee_unknown"


class NothingToPay(RuleViolation):
    """A rule says that a case is free: there is no bill."""

    code = "nothing_to_pay"


class NotAsShown(RuleViolation):
    """Another amount was shown before than the rule now says."""

    code = "not_as_shown"


class AlreadySettled(RuleViolation):
    """A bill is settled once."""

    code = "already_settled"


class AlreadyWaiting(RuleViolation):
    """What was recorded of it is still to be checked."""

    code = "already_waiting"


class WrongAmount(RuleViolation):
    """What was paid is not what was billed."""

    code = "wrong_amount"
    status = 422


class PaidTooLate(RuleViolation):
    """It was paid when the bill had expired."""

    code = "paid_too_late"


class DepositUsed(RuleViolation):
    """One payment settles one bill."""

    code = "deposit_used"


class SamePerson(RuleViolation):
    """Whoever recorded or asked does not check it: two people see all money."""

    code = "same_person"
    status = 403


class NotSettled(RuleViolation):
    """Only what was paid is given back, and only what was paid has a receipt."""

    code = "not_settled"


class BillVoid(RuleViolation):
    """The bill is not asked any more."""

    code = "bill_void"


class BillExpired(RuleViolation):
    """The bill can no longer be paid: another one must be made."""

    code = "bill_expired"


class NoMerchant(RuleViolation):
    """The mall has no account at a gateway: there are other ways to pay."""

    code = "no_merchant"


class TooManyPhotos(RuleViolation):
    """Enough pictures were sent for one bill."""

    code = "too_many_photos"


class NotClean(RuleViolation):
    """No scanner has called the picture clean."""

    code = "not_clean"


class DayClosed(RuleViolation):
    """The list of a day was closed."""

    code = "day_closed"


class NotExplained(RuleViolation):
    """A difference has no reason yet."""

    code = "not_explained"


class NothingToAdmit(RuleViolation):
    """No money came late for this bill."""

    code = "nothing_to_admit"


class DestinationMissing(RuleViolation):
    """The money cannot go back by itself, and nobody has said where to."""

    code = "destination_missing"
    status = 422


class NotToBePaid(RuleViolation):
    """The refund is not granted, went back already, or is in the gateway's hands: paying it might pay it twice."""

    code = "not_to_be_paid"


class TransferUsed(RuleViolation):
    """One transfer gives back one refund."""

    code = "transfer_used"
