"""Addresses of the publishing desk, under ``/desk/``."""

from django.urls import path

from gongkai.publishing.desk import (
    answers,
    bulk,
    catalogue,
    comparison,
    deliveries,
    document_picker,
    documents,
    editor_urls,
    firing,
    procedure_maps,
    review,
    settings,
    tasks,
)

app_name = "desk"
urlpatterns = [
    *editor_urls.urlpatterns,
    path("", tasks.tasks, name="tasks"),
    path("bulk/", bulk.bulk, name="bulk"),
    path("documents/", catalogue.documents, name="documents"),
    path("documents/<int:pk>/", documents.document, name="document"),
    path("documents/<int:pk>/next/", documents.next_edition, name="next_edition"),
    path("documents/<int:pk>/fire/<slug:event>/", firing.fire_document, name="fire_document"),
    path("editions/<int:pk>/", review.edition, name="edition"),
    path("editions/<int:pk>/fire/<slug:event>/", firing.fire_edition, name="fire_edition"),
    path("editions/<int:pk>/answer/", answers.answer, name="answer"),
    path("editions/<int:pk>/diff/", comparison.diff, name="diff"),
    path("editions/<int:pk>/preview/", comparison.preview, name="preview"),
    path("editions/<int:pk>/preview/page/", comparison.preview_page, name="preview_page"),
    path("find-documents/", document_picker.find_documents, name="find_documents"),
    path("deliveries/", deliveries.deliveries, name="deliveries"),
    path("deliveries/<int:pk>/retry/", deliveries.retry, name="delivery_retry"),
    path("deliveries/<int:pk>/skip/", deliveries.skip, name="delivery_skip"),
    path("deliveries/replay/<slug:name>/", deliveries.replay, name="follower_replay"),
    path("words/", settings.words, name="words"),
    path("words/<int:pk>/remove/", settings.remove_word, name="word_remove"),
    path("chains/", settings.chains, name="chains"),
    path("outlets/", settings.outlets, name="outlets"),
    path("procedures/", procedure_maps.procedures, name="procedures"),
]
