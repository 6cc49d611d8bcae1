"""The question types in which things are put together: `ordering` and `matching`."""

from typing import Any

from certify.api import QuestionType, hookimpl
from certify_order.matching import Matching
from certify_order.ordering import Ordering


@hookimpl
def certify_register_question_types() -> list[QuestionType[Any, Any]]:
    return [Ordering(), Matching()]


@hookimpl
def certify_register_question_widgets() -> dict[str, type[Any]]:
    from certify_order.widget import OrderList, PairList

    return {"ordering": OrderList, "matching": PairList}
