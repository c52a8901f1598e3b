"""数据看板: what a supervisor opens ten minutes before a meeting (ADR 38). Knows no domain: which figures
stand where is data, declared by the apps or chosen by the user; every number is the figure engine's."""
