# Sourced by bin/postrider. The start-up cache is what the JVM learnt in a rehearsal: classes already loaded and linked.
# The JVM passes over one that does not fit it, the jars or the options; a server then has it made anew.

# Sets class_path: the jars in an order that does not depend on the file system, as the cache demands.
find_class_path() {
  local LC_ALL=C jar
  class_path=
  for jar in "$install"/lib/*.jar; do
    class_path=${class_path:+$class_path:}$jar
  done
}

# Sets cache to the file, or to nothing where it can't be: beside the jars, else in a folder of the user. Options that
# somebody added get a cache of their own.
find_startup_cache() {
  local options="${JAVA_OPTS:-} ${POSTRIDER_JAVA_OPTS:-}" name=postrider folder
  options=${options//[!A-Za-z0-9]/}
  name=$name${options:+-${options:0:80}}.aot
  cache=$install/cache/$name
  if [ -s "$cache" ] || [ -w "$install/cache" ] || { [ ! -e "$install/cache" ] && [ -w "$install" ]; }; then
    return
  fi
  folder=${POSTRIDER_CACHE:-${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}/postrider}
  cache=$folder/${install//[!A-Za-z0-9]/_}-$name
  [ -s "$cache" ] || mkdir -p "$folder" 2>/dev/null && [ -w "$folder" ] || cache=
}

# Makes the cache. It gets its name when it is complete; where it can't be made an empty file says so.
make_startup_cache() {
  [ -n "$cache" ] || return 1
  mkdir -p "$(dirname -- "$cache")"
  making=$cache.$$
  trap 'rm -f "$making" "$making.config"' EXIT
  if run "$jdk/bin/java" "@$bin/jvm.options" -XX:AOTCacheOutput="$making" -Xlog:aot=off -Xlog:cds=off >"$making.log" 2>&1 \
      && [ -s "$making" ]; then
    mv -f "$making" "$cache"
    rm -f "$making.log"
  else
    mv -f "$making.log" "$cache.log"
    : >"$cache"
    return 1
  fi
}
