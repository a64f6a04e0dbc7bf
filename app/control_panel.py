"""Everything that can be chosen, on pages beside the preview."""

from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QTabWidget, QVBoxLayout, QWidget

from app.panels.pages import PAGES, Page
from app.panels.panel import Panel
from app.session import Session
from app.words import tr

WIDTH_PX = 372
SMALLEST_WIDTH_PX = 352

SomePanel = TypeVar("SomePanel", bound=Panel)


class ControlPanel(QTabWidget):
    """The pages of `app.panels.pages`, one of which is seen."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pages")
        self.setDocumentMode(True)
        self.tabBar().setExpanding(True)
        self.tabBar().setAccessibleName(tr("Pages"))
        self.tabBar().setElideMode(Qt.TextElideMode.ElideNone)
        self.setMinimumWidth(SMALLEST_WIDTH_PX)
        self.setMaximumWidth(WIDTH_PX)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._panels: list[Panel] = []
        for page in PAGES:
            self._add_page(session, page)

    def find(self, kind: type[SomePanel]) -> SomePanel:
        """The panel of this class. Raises LookupError where no page has it."""
        for panel in self._panels:
            if isinstance(panel, kind):
                return panel
        raise LookupError(kind.__name__)

    def reveal(self, kind: type[SomePanel]) -> SomePanel:
        """The panel of this class, its page brought to the front."""
        panel = self.find(kind)
        for index in range(self.count()):
            page = self.widget(index)
            if isinstance(page, QScrollArea) and page.isAncestorOf(panel):
                self.setCurrentIndex(index)
                page.ensureWidgetVisible(panel)
        return panel

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(WIDTH_PX, super().sizeHint().height())

    def _add_page(self, session: Session, page: Page) -> None:
        content = QWidget()
        content.setObjectName("panel")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 12, 6, 0)
        column.setSpacing(12)
        expands = False
        for make in page.panels:
            panel = make(session)
            self._panels.append(panel)
            column.addWidget(panel, int(panel.expands))
            expands = expands or panel.expands
        if not expands:
            column.addStretch(1)
        scroll = QScrollArea()
        scroll.setObjectName("panel_scroll")
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(content)
        self.addTab(scroll, tr(page.title))
