"""Which rows of a text are folded away."""

from bisect import bisect_left, bisect_right


class Folding:
    """Rows in, positions among the rows in sight out, and the other way round."""

    def __init__(self) -> None:
        self._closed: dict[int, int] = {}
        self._starts: list[int] = []  # of the outermost folds only
        self._ends: list[int] = []
        self._hidden: list[int] = []  # rows hidden by them, added up

    def clear(self) -> None:
        """Unfold everything."""
        self._closed.clear()
        self._gather()

    def toggle(self, start: int, end: int) -> None:
        """Fold the rows after ``start`` up to ``end`` away, or back."""
        if self._closed.pop(start, None) is None:
            self._closed[start] = end
        self._gather()

    def is_closed(self, row: int) -> bool:
        """Whether what follows ``row`` is folded away."""
        return row in self._closed

    def reveal(self, row: int) -> bool:
        """Open every fold that hides ``row``; whether there was one."""
        hiding = [start for start, end in self._closed.items() if start < row <= end]
        for start in hiding:
            del self._closed[start]
        if hiding:
            self._gather()
        return bool(hiding)

    def in_sight(self, rows: int) -> int:
        """How many of ``rows`` are not hidden."""
        return rows - (self._hidden[-1] if self._hidden else 0)

    def position(self, row: int) -> int:
        """The place of ``row`` among the rows in sight; of a hidden one that of the row it is folded into."""
        place = bisect_left(self._starts, row) - 1
        if place < 0:
            return row
        if row <= self._ends[place]:
            return self._starts[place] - (self._hidden[place - 1] if place else 0)
        return row - self._hidden[place]

    def row(self, position: int) -> int:
        """The row at a place among those in sight."""
        low, high = 0, len(self._starts)
        while low < high:
            middle = (low + high) // 2
            before = self._hidden[middle - 1] if middle else 0
            if self._starts[middle] - before < position:
                low = middle + 1
            else:
                high = middle
        return position + (self._hidden[low - 1] if low else 0)

    def _gather(self) -> None:
        self._starts, self._ends, self._hidden = [], [], []
        total = 0
        for start, end in sorted(self._closed.items()):
            if self._ends and start <= self._ends[-1]:
                continue  # inside a fold that is closed
            total += end - start
            self._starts.append(start)
            self._ends.append(end)
            self._hidden.append(total)

    def hidden_rows(self) -> list[tuple[int, int]]:
        """First and last hidden row of each outermost fold."""
        return [(start + 1, end) for start, end in zip(self._starts, self._ends, strict=True)]

    def covers(self, row: int) -> bool:
        """Whether ``row`` is hidden."""
        place = bisect_right(self._starts, row - 1) - 1
        return place >= 0 and self._starts[place] < row <= self._ends[place]
