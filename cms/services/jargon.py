"""The first list of 黑话. It is data from then on: whoever keeps the list adds, changes and takes away."""

from cms.models import JargonWord

FIRST_WORDS = {
    "界面": "屏幕",
    "点击": "点",
    "单击": "点",
    "双击": "点两下",
    "触控": "点",
    "滑动": "滑",
    "勾选": "打勾",
    "登录": "打开自己的账号",
    "注册": "开一个账号",
    "用户": "您",
    "APP": "应用",
    "应用程序": "应用",
    "客户端": "应用",
    "弹窗": "跳出来的框",
    "跳转": "换到",
    "切换": "换到",
    "超链接": "网址",
    "授权": "允许",
    "绑定": "连上",
    "身份验证": "核对是不是本人",
    "缓存": "存下来的东西",
    "后台": "没有关掉的应用",
    "默认": "原来就选好的",
    "终端": "手机",
    "图标": "小图",
    "提交": "交上去",
    "上传": "发上去",
    "一键": "点一下",
}


def ensure_jargon() -> None:
    """Put the first words into an empty list. A list somebody has kept is left alone."""
    if not JargonWord.objects.exists():
        words = [JargonWord(word=word, instead=instead) for word, instead in FIRST_WORDS.items()]
        JargonWord.objects.bulk_create(words)
