# Sourced by run and test: finds what Loket is built with, installs it where that is allowed, else says what to install.

may_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

install() {
  echo "Loket: installing $*"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

need_dotnet() {
  if ! command -v dotnet >/dev/null || ! dotnet --list-sdks | grep -q '^10\.'; then
    echo "Loket needs the .NET 10 SDK. Install it from your distribution (dotnet-sdk-10.0) or https://dotnet.microsoft.com/download and run this again." >&2
    exit 1
  fi
}

node_major() { node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/'; }

need_node() {
  if [ "$(node_major || true)" = "" ] || [ "$(node_major)" -lt 18 ] || ! command -v npm >/dev/null; then
    if may_install; then
      install nodejs npm
    else
      echo "Loket bundles its front end with Node.js 18 or later. Install it (Debian and Ubuntu: apt-get install nodejs npm) and run this again." >&2
      exit 1
    fi
  fi
}

need_chromium() {
  if ! command -v chromium >/dev/null; then
    if may_install; then
      install chromium
    else
      echo "The browser tests need Chromium. Install it (Debian: apt-get install chromium) and run this again." >&2
      exit 1
    fi
  fi
}
