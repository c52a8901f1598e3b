# shellcheck shell=bash
# What the commands in script/ share. Source it first: it goes to the checkout and sets the environment.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT" || exit 1

say() { printf '==> %s\n' "$*" >&2; }
fail() { printf '%s: %s\n' "script/$(basename "$0")" "$*" >&2; exit 1; }

# --- small tools ------------------------------------------------------------------------------
hash_of() { cat -- "$@" | sha256sum | cut -c1-32; }
is_stamped() { [ -f "$1" ] && [ "$(<"$1")" = "$2" ]; }
stamp() { mkdir -p "$(dirname "$1")" && printf '%s' "$2" >"$1"; }

# One at a time: two commands started together must not both set up.
locked() {
  mkdir -p var && chmod 700 var
  ( flock 9 && "$@" ) 9>var/setup.lock
}

# A step's own words are shown only when it fails.
quietly() {
  local log
  log=$(mktemp)
  if "$@" >"$log" 2>&1 </dev/null; then
    rm -f "$log"
  else
    tail -n 40 "$log" >&2
    rm -f "$log"
    return 1
  fi
}

# --- environment ------------------------------------------------------------------------------
# Proxies that re-sign traffic are common in offices: every client trusts the system's certificates.
trust_system_certificates() {
  local bundle=/etc/ssl/certs/ca-certificates.crt
  export UV_SYSTEM_CERTS=1
  [ -r "$bundle" ] || return 0
  export SSL_CERT_FILE="${SSL_CERT_FILE:-$bundle}"
  export PIP_CERT="${PIP_CERT:-$SSL_CERT_FILE}"
  export NODE_EXTRA_CA_CERTS="${NODE_EXTRA_CA_CERTS:-$SSL_CERT_FILE}"
}

find_python() {
  local candidate
  for candidate in python3 /usr/bin/python3 python3.13 python3.12 python3.11; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$candidate"
      return
    fi
  done
  fail "Python 3.11 or newer is needed (Debian 12: apt-get install python3)."
}

# Secrets of var/env that the portal's settings read; what is set outside wins.
load_secrets() {
  "$PYTHON" script/environment.py
  local line name
  while IFS= read -r line; do
    name=${line%%=*}
    case $name in
      SECRET_KEY | FIELD_KEYS | HASH_KEY) [ -n "${!name:-}" ] || export "$name=${line#*=}" ;;
    esac
  done <var/env
}

# Exports DATABASE_URL (web role) and DATABASE_OWNER_URL of the cluster `run` or `test`, unless a
# database is given from outside. DATABASE_IDENTITY tells stamps which database they speak of.
load_database() {
  if [ -n "${DATABASE_URL:-}" ]; then
    DATABASE_IDENTITY=$(sha256sum <<<"$DATABASE_URL" | cut -c1-32)
    return
  fi
  local lines line
  lines=$("$PYTHON" script/cluster.py "$1" env) || exit 1
  while IFS= read -r line; do export "${line?}"; done <<<"$lines"
  DATABASE_IDENTITY=private
}

manage() { .venv/bin/python manage.py "$@"; }
# What serves or works as the web role must not be able to become the owner.
manage_as_web() { env -u DATABASE_OWNER_URL .venv/bin/python manage.py "$@"; }

# --- steps that need Django -------------------------------------------------------------------
# Migrations, and the policies, grants and triggers installed after them, follow all of our code.
migrate_if_needed() {
  if [ -z "${DATABASE_OWNER_URL:-}" ]; then
    [ ! -t 2 ] || say "DATABASE_OWNER_URL is not set: migrations are left to the administrator"
    return 0
  fi
  local code
  code=$(find ./*/ \( -path './var' -o -path './tests' -o -path './script' -o -path './node_modules' \) -prune \
    -o \( -name '*.py' -o -name '*.sql' \) -print0 | sort -z | xargs -0 cat | cat - requirements.lock | sha256sum | cut -c1-32)
  is_stamped var/stamps/run-migrated "$code $DATABASE_IDENTITY" && return
  say "migrating the database"
  manage migrate --database owner --no-input --verbosity 0 >&2
  stamp var/stamps/run-migrated "$code $DATABASE_IDENTITY"
}

collect_static_if_needed() {
  local files
  files=$(find static -type f -printf '%p %s %T@\n' | sort | cat - requirements.lock | sha256sum | cut -c1-32)
  [ -d var/static ] && is_stamped var/stamps/static "$files" && return
  say "collecting static files"
  quietly manage_as_web collectstatic --no-input --clear
  stamp var/stamps/static "$files"
}

trust_system_certificates
export UV_PYTHON_DOWNLOADS=never UV_NO_PROGRESS=1 PIP_DISABLE_PIP_VERSION_CHECK=1
export DEBUG="${DEBUG:-0}" LANG="${LANG:-C.UTF-8}"
PYTHON=$(find_python)
if [ -e var/env ] && [ ! -r var/env ]; then
  fail "var/ was made by another user ($(stat -c %U var/env)); run as that user."
fi
