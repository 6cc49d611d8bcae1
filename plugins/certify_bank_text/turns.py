"""Whether a numbered line begins the next question or is a point inside the one before."""

from certify_bank_text.numbers import Number, number_of


class Turns:
    """Keeps count of the questions, and of the points within one of them."""

    def __init__(self) -> None:
        self.last = 0
        self.style = ""
        self.point: tuple[str, int] | None = None
        """Style and number of the last point of a list inside the question."""

    def end_question(self) -> None:
        """Forget the points: the next number is no part of a list."""
        self.point = None

    def begin_points(self, text: str) -> None:
        """Look whether an answer begins with the first of its points."""
        number = number_of(text) if text else None
        self.point = (number.style, number.value) if number and number.value == 1 else None

    def begins(
        self,
        number: Number,
        style: str,
        *,
        is_first: bool,
        is_closed: bool,
        is_inside: bool,
        is_evident: bool,
    ) -> bool:
        """Whether the number is that of a question.

        Args:
            style: of the numbers of the questions around it.
            is_first: no question is open.
            is_closed: the question before has its options or its key.
            is_inside: it stands in a stem or an answer that may have points.
            is_evident: options or a key follow, or it has a bracket for them.
        """
        is_own = number.style == style
        wanted = number.value == self.last + 1 or (is_first and number.value == 1)
        if number.is_doubtful and not (wanted and is_own):
            return False
        if number.style == "space" and not (is_own and (wanted or (is_evident and is_closed))):
            return False
        if number.style == "circle" and not is_own:
            return self._is_no_point(number)
        if self.point and self.point == (number.style, number.value - 1):
            if not (is_own and wanted and is_evident):
                self.point = (number.style, number.value)
                return False
            return self._turn(number)
        if not is_own:
            if (
                wanted
                and is_closed
                and number.style in ("plain", "paren", "word")
                and (number.value > 1 or is_first)
            ):
                return self._turn(number)
            if is_first and is_evident and number.style != "space":
                return self._turn(number)
            return self._is_no_point(number)
        if number.value == 1 and not is_first and self.last != 0 and is_inside and not is_evident:
            return self._is_no_point(number)
        if number.value == 1 and not is_first and not is_closed and is_inside and self.last == 1:
            return self._turn(number) if is_evident else self._is_no_point(number)
        return self._turn(number)

    def _turn(self, number: Number) -> bool:
        self.last, self.style, self.point = number.value, number.style, None
        return True

    def _is_no_point(self, number: Number) -> bool:
        """Remember a list that begins here; never a question."""
        if number.value == 1 and number.style != "space":
            self.point = (number.style, 1)
        return False
