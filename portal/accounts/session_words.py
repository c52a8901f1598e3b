"""What the page of sign-in says about a session that ended."""

from portal.accounts.sessions import IDLE, LONG, OVER
from portal.policies import policy

KEPT = "填写中的表单已存为草稿，登录后可以接着填。"
WORDS = {
    IDLE: "已有 {idle} 分钟没有操作，为防他人使用，系统自动退出。请重新登录，登录后回到刚才的页面。"
    + KEPT,
    LONG: "这次登录已满 {hours} 小时。请重新登录，登录后回到刚才的页面。" + KEPT,
    OVER: "这次登录已经结束：可能在别处退出或修改了密码，或者登录的设备多于允许的数目。请重新登录。",
}


def words_of_end(why: str) -> str:
    """Empty for anything but the three reasons."""
    return WORDS.get(why, "").format(idle=policy("idle_minutes"), hours=policy("session_hours"))
