from pendopo.indicators.models.indicators import (
    Indicator,
    IndicatorService,
    OfficialFigure,
    TargetPoint,
    Theme,
)

__all__ = ["Indicator", "IndicatorService", "OfficialFigure", "TargetPoint", "Theme"]
