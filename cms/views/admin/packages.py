"""内容包: modules and books out as a zip, and in again after a look at everything that would change."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin.auth import permission_required
from wagtail.models import Page

from cms.enums import PackageDirection, TaskState
from cms.errors import ContentError, PackageError
from cms.hooks import PACKAGE_KINDS, ask
from cms.models import PackageTask
from cms.services import package_tasks
from cms.services.package_files import path_of, progress_of
from cms.views.admin.frame import page_furniture

# Given by the migration of roles: everybody takes out, a manager puts in.
MAY_EXPORT, MAY_IMPORT = "cms.view_packagetask", "cms.add_packagetask"
TITLE, ICON = "内容包", "download"
SHOWN_TASKS = 10
UNDER_WAY = (TaskState.WAITING, TaskState.RUNNING)


@require_GET
@permission_required(MAY_EXPORT)
def index(request):
    """Show what can be taken out, where to put in, and what was asked for lately."""
    return _overview(request)


def _overview(request, *, problems=(), status: int = 200) -> HttpResponse:
    tasks = PackageTask.objects.select_related("by")
    if not request.user.has_perm(MAY_IMPORT):
        tasks = tasks.filter(by=request.user)
    context = {
        **page_furniture(TITLE, ICON),
        "roots": _roots(request.GET.get("page", "")),
        "tasks": tasks[:SHOWN_TASKS],
        "may_import": request.user.has_perm(MAY_IMPORT),
        "problems": problems,
    }
    return render(request, "cms/admin/packages/index.html", context, status=status)


@require_POST
@permission_required(MAY_EXPORT)
def export(request, pk):
    """Give a short package at once; ask for a long one and show how far it is."""
    try:
        task = package_tasks.ask_export(page=get_object_or_404(Page, pk=pk), by=request.user)
    except ContentError as refusal:
        messages.error(request, str(refusal))
        return redirect("packages:index")
    return _file(task) if task.state == TaskState.DONE else redirect("packages:task", task.pk)


@require_POST
@permission_required(MAY_IMPORT)
def upload(request):
    """Look at an uploaded package, or say what is wrong with it."""
    file = request.FILES.get("package")
    if file is None:
        messages.error(request, "还没有选文件。先选一个内容包（zip 文件），再看。")
        return redirect("packages:index")
    try:
        task = package_tasks.ask_import(chunks=file.chunks(), name=file.name, by=request.user)
    except PackageError as error:
        return _overview(request, problems=error.problems, status=400)
    return redirect("packages:task", task.pk)


@require_GET
@permission_required(MAY_EXPORT)
def task(request, pk):
    """Show how far a task is, what an import would change or has changed, or why nothing came of it."""
    found = _own(request, pk)
    done, total = progress_of(found)
    context = {
        **page_furniture(str(found), ICON, [(TITLE, reverse("packages:index"))]),
        "task": found,
        "under_way": found.state in UNDER_WAY,
        "failed": found.state == TaskState.FAILED,
        "is_import": found.direction == PackageDirection.IMPORT,
        "again": [change for change in found.report if isinstance(change, dict) and change.get("again")],
        "changes": [
            change for change in found.report if isinstance(change, dict) and not change.get("again")
        ],
        "done": done,
        "total": total,
    }
    return render(request, "cms/admin/packages/task.html", context)


@require_GET
@permission_required(MAY_EXPORT)
def progress(request, pk):
    """Say how far a task is, for the script of its page."""
    found = _own(request, pk)
    done, total = progress_of(found)
    return JsonResponse({"under_way": found.state in UNDER_WAY, "done": done, "total": total})


@require_POST
@permission_required(MAY_IMPORT)
def confirm(request, pk):
    """Import what was looked at."""
    ended = package_tasks.confirm(_own(request, pk))
    if ended.state == TaskState.DONE and ended.confirmed:
        messages.success(request, f"装好了：{ended.title}，改了 {len(ended.report)} 处。")
    return redirect("packages:task", ended.pk)


@require_POST
@permission_required(MAY_EXPORT)
def drop(request, pk):
    """Forget a task and its file."""
    if package_tasks.drop(_own(request, pk)):
        messages.success(request, "不装了，文件已经删掉。网站上什么也没有改。")
    else:
        messages.warning(request, "已经在做了，停不下来。做好了再看。")
    return redirect("packages:index")


@require_GET
@permission_required(MAY_EXPORT)
def download(request, pk):
    """Give the package that was asked for."""
    found = _own(request, pk)
    if (
        found.direction != PackageDirection.EXPORT
        or found.state != TaskState.DONE
        or not path_of(found).exists()
    ):
        messages.error(request, "这个文件已经不在了。文件只留七天，请再导出一次。")
        return redirect("packages:index")
    return _file(found)


def _own(request, pk) -> PackageTask:
    """Return a task of this person; a manager sees everybody's. Raises Http404."""
    found = get_object_or_404(PackageTask.objects.select_related("page", "by"), pk=pk)
    if found.by_id != request.user.pk and not request.user.has_perm(MAY_IMPORT):
        raise Http404
    return found


def _file(found: PackageTask) -> FileResponse:
    name = slugify(found.page.slug if found.page else "") or "package"
    day = timezone.localtime(found.asked_at).date().isoformat()
    return FileResponse(path_of(found).open("rb"), as_attachment=True, filename=f"{name}-{day}.zip")


def _roots(first: str) -> list[dict]:
    """Return every module and book with the number of its pages; the one that was asked for on top."""
    rows = [
        {"page": page, "kind": kind.root._meta.verbose_name, "is_first": str(page.pk) == first}
        for kind in ask(PACKAGE_KINDS)
        for page in kind.root.objects.order_by("path")
    ]
    return sorted(rows, key=lambda row: not row["is_first"])
