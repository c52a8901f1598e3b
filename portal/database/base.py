"""Django asks a kept connection whether it still works; a server that hangs would never answer."""

import select

import psycopg
from django.db.backends.postgresql import base

PATIENCE_SECONDS = 1.0


class DatabaseWrapper(base.DatabaseWrapper):
    """With CONN_HEALTH_CHECKS each request asks first. No answer within PATIENCE_SECONDS counts as a
    broken connection: it is thrown away, and ``connect_timeout`` bounds the attempt that follows."""

    def is_usable(self) -> bool:
        if self.connection is None:
            return False
        server = self.connection.pgconn
        try:
            server.send_query(b"SELECT 1")
            while server.is_busy():
                if not select.select([server.socket], [], [], PATIENCE_SECONDS)[0]:
                    return False
                server.consume_input()
            answers = []
            while (answer := server.get_result()) is not None:
                answers.append(answer.status)
        except (psycopg.Error, OSError, ValueError):
            return False
        return answers == [psycopg.pq.ExecStatus.TUPLES_OK]
