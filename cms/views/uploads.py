from django.conf import settings
from django.http import Http404
from django.views.static import serve


def upload(request, path):
    """Answer with an uploaded picture in a size made for readers.

    For one machine; in production nginx answers first. Originals stay inside: they are kept as they came,
    perhaps with the place where they were taken. Documents go through Wagtail's own address, which asks for rights.
    """
    if not settings.SERVE_UPLOADS or not path.startswith("images/"):
        raise Http404
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response["Cache-Control"] = "public, max-age=86400"
    return response
