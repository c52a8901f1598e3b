"""/styleguide/: every part of our pages in its states, made by the templates that the pages themselves use, with
invented text. Reads no record."""

from datetime import date
from types import SimpleNamespace

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.dateparse import parse_datetime

from portal import design
from portal.marks import signed_in

HERE = "/styleguide/"
NAME = "古丽娜扎尔·买买提明·吐尔逊江·阿不都热合曼诺夫"  # as long as names get
# What each colour says: it never says it alone, an icon and a word go with it.
STATES = (
    ("info", "info-circle", "进行中", "提示、办理中、已选中"),
    ("good", "circle-check", "有效", "正常、已完成"),
    ("warn", "alert-triangle", "将到期", "快到期、待核对"),
    ("bad", "alert-circle", "已过期", "逾期、出错、删除"),
)
ICONS = {tone: icon for tone, icon, _, _ in STATES}


class Said(str):
    """A message as django.contrib.messages hands it on."""

    level_tag = extra_tags = ""

    def __new__(cls, level_tag: str, text: str):
        said = super().__new__(cls, text)
        said.level_tag = level_tag
        return said


NOTICES = (
    Said("", "本月还有 3 户没有走访。"),
    Said("success", "已登记：黄文发 2025-03-10 入户走访。"),
    Said("warning", "性别与证件号码不一致，请核对。"),
    Said("error", "证件号码校验码不对，没有保存。"),
)
SIZES = (
    ("text-h1", "一级标题", "每页一个"),
    ("text-h2", "二级标题", "面板标题"),
    ("text-h3", "三级标题", "面板内的小标题"),
    ("text-lead", "引导文字", "公开页面的正文"),
    ("text-body", "正文", "表格、表单、按钮"),
    ("text-small", "小字", "说明、单位、来源"),
)


class GuideForm(forms.Form):
    """Fields of each kind, two of them in error."""

    name = forms.CharField(label="姓名")
    number = forms.CharField(label="证件号码", help_text="18 位，末位可以是 X")
    day = forms.DateField(label="走访日期", widget=forms.DateInput(attrs={"type": "date"}))
    way = forms.ChoiceField(label="方式", choices=(("home", "入户"), ("phone", "电话")))
    told = forms.CharField(
        label="情况记录", widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    highlight = forms.BooleanField(label="写入总结", required=False)

    def clean_number(self):
        raise forms.ValidationError("最后一位校验码不对，请对照证件核对。")


class GuideFilters(forms.Form):
    """What filters a list."""

    period = forms.CharField(label="期间", required=False)
    way = forms.ChoiceField(label="方式", choices=(("", "全部"), ("home", "入户")), required=False)


@signed_in("tells of no unit")
def styleguide(request):
    typed = {"name": "黄文发", "number": "440308199901101513", "day": "", "way": "home"}
    return render(
        request,
        "portal/styleguide.html",
        {
            "colours": design.colours(),
            "pairs": zip(design.pairs(), design.pairs("more"), strict=True),
            "sizes": SIZES,
            "states": STATES,
            "notices": NOTICES,
            "icons": design.icons(),
            "name": NAME,
            "form": GuideForm(typed, prefix="guide"),
            "filter_form": GuideFilters(prefix="guide-filter"),
            "page": Paginator(range(192), 30).page(2),
            **_numbers(),
            **_record(),
        },
    )


def _numbers():
    rows = [("2025年1月", 18), ("2025年2月", 7), ("2025年3月", 0)]
    return {
        "tiles": [
            {"label": "走访人次", "value": "192", "unit": "人次", "url": HERE, "note": "2025年"},
            {"label": "发放救助金", "value": "1,234,567.80", "unit": "元", "note": "没有链接的数"},
            {"label": "走访率", "value": "82.1%", "unit": "%", "url": HERE, "note": "468／570"},
        ],
        "footer": [
            {"label": "走访人次", "value": "192", "unit": "人次", "url": HERE},
            {"label": "走访率", "value": "82.1%", "unit": "%", "url": HERE},
        ],
        "counts": [
            {"label": label, "value": value, "url": HERE, "share": value * 100 // 18}
            for label, value in rows
        ],
        "headers": [
            {"label": "姓名", "url": HERE, "sorted": ""},
            {"label": "日期", "url": HERE, "sorted": "desc"},
            {"label": "状态"},
            {"label": "情况记录"},
            {"label": "金额", "numeric": True},
        ],
        "rows": [
            {
                "url": HERE,
                "cells": _cells(
                    NAME, "2025-03-10", "good", "有效", "卫生间扶手已装好，试用稳固。" * 4
                ),
            },
            {"url": HERE, "cells": _cells("𠮷喆堃", "2025-03-08", "bad", "已过期", "")},
        ],
    }


def _cells(name, day, tone, state, told):
    return [
        {"label": "姓名", "value": name},
        {"label": "日期", "value": day},
        {"label": "状态", "value": state, "badge": tone, "icon": ICONS[tone]},
        {"label": "情况记录", "value": told},
        {"label": "金额", "value": "500.00", "numeric": True},
    ]


def _record():
    seen = parse_datetime("2025-03-12T09:20+08:00")
    change = {"label": "方式", "before": "入户", "after": "电话"}
    told = SimpleNamespace(
        day=date(2025, 3, 10),
        icon="home",
        url=HERE,
        title="入户走访",
        who="黄文发",
        unit="春华社区",
        text="身体尚可。",
    )
    return {
        "fields": [
            {
                "title": "基本信息",
                "items": [
                    {"label": "姓名", "value": NAME},
                    {
                        "label": "证件号码",
                        "value": "110***********1234",
                        "masked_field": "id",
                        "unmask_url": HERE,
                    },
                    {
                        "label": "所在户",
                        "value": "春华路 8 号 1 栋 101",
                        "url": HERE,
                        "note": "户主：黄文发",
                    },
                    {"label": "联系电话", "value": ""},
                ],
                "unfilled": ["文化程度", "婚姻状况"],
            }
        ],
        "history": [
            {
                "when": seen,
                "actor_label": "陈素芬",
                "action": "修改",
                "reason": "登记有误",
                "changes": [change],
            },
            {"when": seen, "actor_label": "陈素芬", "action": "登记"},
        ],
        "related": {"title": "走访", "count": 12, "url": HERE, "add_url": HERE, "rows": _related()},
        "timeline": SimpleNamespace(sources=(), only="", entries=[told, told], more=0),
    }


def _related():
    return [
        {"url": HERE, "cells": [{"value": "2025-03-10"}, {"value": "入户"}, {"value": "身体尚可"}]},
        {"url": HERE, "cells": [{"value": "2025-02-11"}, {"value": "电话"}]},
    ]
