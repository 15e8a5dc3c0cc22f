"""An installation that takes files for a purpose of its own, as a package of the product would; see
``upload_settings``."""

from django.apps import AppConfig


class UploadingConfig(AppConfig):
    name = "tests.faults.uploading"
    label = "faults_uploading"
    path = __file__

    def ready(self) -> None:
        from gongkai.interfaces.uploads import purposes

        purposes.register(purposes.Purpose("faults.papers", "证明材料", frozenset({"pdf"})))
