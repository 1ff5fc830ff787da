# Sourced by the launchers. find_jdk [javac]: prints the folder of a JDK 25 and succeeds, or prints nothing and
# fails. With "javac" a run-time image without compiler does not count.

is_jdk25() {
  local home=$1
  [ -n "$home" ] && [ -x "$home/bin/java" ] || return 1
  [ "${2:-}" != javac ] || [ -x "$home/bin/javac" ] || return 1
  if [ -r "$home/release" ]; then
    grep -Eq '^JAVA_VERSION="25([.+-].*)?"' "$home/release"
  else
    "$home/bin/java" -version 2>&1 | grep -Eq '^[a-z]+ version "25([.+-].*)?"'
  fi
}

find_jdk() {
  local home on_path
  for home in "${JAVA_HOME:-}" "${JAVA25_HOME:-}" \
      /usr/lib/jvm/* /usr/java/* /usr/local/java/* /opt/java/* /opt/jdk* \
      "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/* \
      "${HOME:-/nonexistent}"/.asdf/installs/java/* \
      /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if is_jdk25 "$home" "${1:-}"; then
      printf '%s\n' "$home"
      return 0
    fi
  done
  on_path=$(command -v java) || return 1
  on_path=$(readlink -f -- "$on_path")
  home=${on_path%/bin/java}
  if is_jdk25 "$home" "${1:-}"; then
    printf '%s\n' "$home"
    return 0
  fi
  return 1
}
