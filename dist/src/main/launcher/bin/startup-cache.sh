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
# somebody added and that it depends on give it a name of its own.
find_startup_cache() {
  local word name folder
  shaping=
  for word in ${JAVA_OPTS:-} ${POSTRIDER_JAVA_OPTS:-}; do
    case $word in
      -XX:[+-]Use* | -XX:[+-]Unlock* | -Xm* | -XX:*HeapSize* | -XX:*RAM* | -XX:ObjectAlignment*) shaping="$shaping $word" ;;
    esac
  done
  name=${shaping//[!A-Za-z0-9+-]/}
  name=postrider${name:0:100}.aot
  cache=$install/cache/$name
  if [ -s "$cache" ] || is_place_for "$install/cache" "$install"; then
    return
  fi
  folder=${POSTRIDER_CACHE:-${XDG_CACHE_HOME:-${HOME:+$HOME/.cache}}}
  cache=$folder/postrider/${install//[!A-Za-z0-9]/_}-$name
  if ! { [ -s "$cache" ] || { [ -n "$folder" ] && is_place_for "$folder/postrider" "$folder"; }; }; then
    cache=
  fi
}

# Whether files can be written to a folder, or the folder can be made in its parent.
is_place_for() {
  if [ -e "$1" ]; then
    [ -d "$1" ] && [ -w "$1" ]
  else
    [ -d "$2" ] && [ -w "$2" ]
  fi
}

# Makes the cache. It gets its name when it is complete; where it can't be made an empty file says so.
make_startup_cache() {
  [ -n "$cache" ] || return 1
  mkdir -p "$(dirname -- "$cache")"
  making=$cache.$$
  # An agent, a log file or a port of the server is not the rehearsal's.
  export JAVA_OPTS=$shaping POSTRIDER_JAVA_OPTS= POSTRIDER_REHEARSAL=$making
  trap 'rm -f "$making" "$making.config"' EXIT
  if run "$jdk/bin/java" "@$bin/jvm.options" >"$making.log" 2>&1 && [ -s "$making" ]; then
    mv -f "$making" "$cache"
    rm -f "$making.log"
  else
    mv -f "$making.log" "$cache.log"
    : >"$cache"
    return 1
  fi
}
