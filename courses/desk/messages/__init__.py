"""Screens of what people are told: 通知 and 电话名单."""
