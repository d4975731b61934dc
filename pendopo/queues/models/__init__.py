"""The hall's tables. Django finds them here; each stands in the file of its use."""

from pendopo.queues.models.cases import CaseStep, ForwardedCase
from pendopo.queues.models.days import EventDay, ServiceDays
from pendopo.queues.models.devices import HelpCall, Recording, Slip, Spoken
from pendopo.queues.models.lines import CounterQueue, CounterSession, Queue, QueueService
from pendopo.queues.models.records import DayFigure, Event, Period
from pendopo.queues.models.rules import HallRules, QuotaDay, QuotaRule
from pendopo.queues.models.vacancies import CounterDay, Vacancy, VacancyReply
from pendopo.queues.models.visits import Series, Ticket, Visit

__all__ = [
    "CaseStep", "CounterDay", "CounterQueue", "CounterSession", "DayFigure", "Event", "EventDay", "ForwardedCase",
    "HallRules", "HelpCall", "Period", "Queue", "QueueService", "QuotaDay", "QuotaRule", "Recording", "Series",
    "ServiceDays", "Slip", "Spoken", "Ticket", "Vacancy", "VacancyReply", "Visit",
]  # fmt: skip
