"""A bare PySide6 window with an empty list, which tells when it has painted: the floor."""

import json
import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QListView, QMainWindow
from typing_extensions import override

from bench.stage.memory import resident_mb


class Empty(QListView):
    """An empty list that ends the program once it is drawn."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        QTimer.singleShot(0, self._tell)

    def _tell(self) -> None:
        line = {"at_ns": time.monotonic_ns(), "memory_mb": resident_mb()}
        print(json.dumps(line), flush=True)
        QApplication.quit()


def main() -> int:
    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.setCentralWidget(Empty())
    window.resize(1100, 720)
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
