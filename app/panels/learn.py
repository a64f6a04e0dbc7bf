"""A style from a clip of somebody who talks."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QProgressBar, QPushButton

from app.clip_style import LearningState, suggested_title
from app.panels.panel import Panel, named, note
from app.session import Session
from app.style_cards import style_title
from app.words import mark, say, tr

CLIPS = "*.mp4 *.mov *.mkv *.webm *.avi *.m4v *.npz"
EXPLANATION = mark(
    "From a video of one person who talks to the camera for half a minute. It stays on this"
    " machine; only 14 numbers of how they move are kept."
)
LONGEST_TITLE = 40


class LearnPanel(Panel):
    """Shows `session.clip_style`: choose a clip, name the style, wait."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, tr("Your own style"))
        self._clip: Path | None = None
        self.words = note()
        self.words.setAccessibleName(tr("About your own style"))
        self.choose = QPushButton(tr("Learn from a clip …"))
        self.title = QLineEdit()
        self.title.setMaxLength(LONGEST_TITLE)
        self.title.setAccessibleName(tr("Name of the style"))
        self.title_label = named(tr("&Name"), self.title)
        self.start = QPushButton(tr("&Learn"))
        self.start.setObjectName("primary")
        self.cancel = QPushButton(tr("Cancel"))
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(tr("Progress"))
        name_row, buttons = QHBoxLayout(), QHBoxLayout()
        name_row.addWidget(self.title_label)
        name_row.addWidget(self.title, 1)
        buttons.addWidget(self.start)
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        self.add(self.words, self.choose, name_row, self.progress, buttons)
        self.choose.clicked.connect(self.choose_clip)
        self.start.clicked.connect(self._learn)
        self.title.returnPressed.connect(self._learn)
        self.title.textChanged.connect(self._show)
        self.cancel.clicked.connect(self._give_up)
        session.clip_style.changed.connect(self._show)
        self._show()

    def choose_clip(self) -> QFileDialog:
        """Let the user choose a clip."""
        words = f"{tr('Videos and recorded motions')} ({CLIPS});;{tr('All')} (*)"
        chooser = QFileDialog(self.window(), tr("Choose a clip"), str(Path.home()), words)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.fileSelected.connect(lambda path: self.use_clip(Path(path)))
        chooser.open()
        return chooser

    def use_clip(self, clip: Path) -> None:
        """Ask for the name of the style that this clip will become."""
        self._clip = clip
        self.title.setText(suggested_title(clip))
        self._show()
        self.title.setFocus()
        self.title.selectAll()

    def _learn(self) -> None:
        title = self.title.text().strip()
        if self._clip is not None and title:
            clip, self._clip = self._clip, None
            self.session.clip_style.learn(clip, title, self.session.catalogue)

    def _give_up(self) -> None:
        self._clip = None
        self.session.clip_style.cancel()
        self._show()

    def _show(self) -> None:
        learning = self.session.clip_style
        busy = learning.state is LearningState.LEARNING
        naming = self._clip is not None and not busy
        self.choose.setVisible(not naming and not busy)
        self.choose.setEnabled(not learning.busy)
        for widget in (self.title_label, self.title, self.start):
            widget.setVisible(naming)
        self.start.setEnabled(bool(self.title.text().strip()))
        self.cancel.setVisible(naming or busy)
        self.progress.setVisible(busy)
        self.progress.setValue(learning.percent)
        self.words.setText(self._sentence(naming))

    def _sentence(self, naming: bool) -> str:
        learning, learnt = self.session.clip_style, self.session.clip_style.learnt
        if naming and self._clip is not None:
            return tr("How shall the style of {clip} be called?", clip=self._clip.name)
        if learning.state is LearningState.LEARNING:
            return tr("Following the person … {percent} %", percent=learning.percent)
        if learning.state is LearningState.FAILED:
            return learning.sentence
        if learnt is None:
            return tr(EXPLANATION)
        near = {style.name: style_title(style) for style in self.session.catalogue.styles}
        words = tr(
            "Learnt “{title}”; of the others, {nearest} comes closest.",
            title=learnt.title,
            nearest=near.get(learnt.nearest, learnt.nearest),
        )
        return " ".join([words, *map(say, learnt.notes)])
