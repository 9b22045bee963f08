# Sourced by ./run, ./test, ./bench and requirements/lock.
# Answers: is there a .venv at the top of this checkout that holds exactly the pins of these groups? If not, makes it so.
# uv when on PATH, else uv installed by pip into .tools, else venv and pip. All three install the same hashes.
# MINEACTION_PYTHON names the interpreter to use; MINEACTION_NO_UV=1 takes the way without uv.

export UV_PYTHON_DOWNLOADS=never
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_ROOT_USER_ACTION=ignore
# A user's own pip settings that would forbid or redirect an install into the checkout.
export PIP_REQUIRE_VIRTUALENV=false PIP_USER=0

checkout="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)"
environment="$checkout/.venv"
installed="$environment/mineaction-installed" # copies of what the environment was made from

say() { printf '%s\n' "$*" >&2; }

# Prints the first interpreter of version 3.11 or later.
find_python() {
    local candidate
    for candidate in "${MINEACTION_PYTHON:-}" python3 python3.11 python3.12 python3.13 python3.14 python; do
        [ -n "$candidate" ] && command -v "$candidate" >/dev/null || continue
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            "$candidate" -c 'import sys; print(sys.executable)'
            return 0
        fi
    done
    say "Python 3.11 or later was not found. Install it, or name it in MINEACTION_PYTHON."
    return 1
}

# Prints the uv to use; fails where there is none and none can be installed.
find_uv() {
    local python="$1"
    [ -z "${MINEACTION_NO_UV:-}" ] || return 1
    if command -v uv >/dev/null; then
        command -v uv
        return 0
    fi
    if ! cmp -s "$checkout/requirements/tools.lock" "$checkout/.tools/tools.lock"; then
        say "uv is not on PATH: installing it into .tools"
        rm -rf "$checkout/.tools"
        "$python" -m pip install -qq --require-hashes --target "$checkout/.tools" \
            -r "$checkout/requirements/tools.lock" >&2 || return 1
        cp "$checkout/requirements/tools.lock" "$checkout/.tools/tools.lock"
    fi
    "$checkout/.tools/bin/uv" --version >/dev/null || return 1
    printf '%s\n' "$checkout/.tools/bin/uv"
}

# Is every group installed from the lock as it is now, in this checkout, by an interpreter that still starts?
is_installed() {
    local name
    [ "$(cat "$installed/checkout" 2>/dev/null)" = "$checkout" ] || return 1
    "$environment/bin/python" -c '' 2>/dev/null || return 1
    for name in pyproject.toml hatch_build.py; do
        cmp -s "$checkout/$name" "$installed/$name" || return 1
    done
    for name in "$@"; do
        cmp -s "$checkout/requirements/$name.lock" "$installed/$name.lock" || return 1
    done
}

pins_with_uv() {
    local uv="$1" python="$2"
    shift 2
    "$environment/bin/python" -c '' 2>/dev/null || rm -rf "$environment"
    [ -d "$environment" ] || "$uv" venv --quiet --python "$python" "$environment" || return 1
    "$uv" pip sync --quiet --require-hashes --python "$environment/bin/python" "$@"
}

pins_with_pip() {
    local python="$1" lock
    shift
    local requirements=()
    for lock in "$@"; do requirements+=(-r "$lock"); done
    # pip removes nothing, so only a new environment holds exactly the pins. No ensurepip: some distributions split it off.
    rm -rf "$environment"
    "$python" -m venv --without-pip "$environment" || return 1
    "$python" -m pip --python "$environment/bin/python" install -qq --require-hashes "${requirements[@]}"
}

# The package itself, in place, built by the pinned tools that are in the environment already.
package_with_uv() { "$1" pip install --quiet --no-deps --no-build-isolation --python "$environment/bin/python" --editable "$checkout"; }
package_with_pip() { "$1" -m pip --python "$environment/bin/python" install -qq --no-deps --no-build-isolation --editable "$checkout"; }

set_up_failed() {
    say "The environment could not be set up; the lines above say why."
    return 1
}

# ensure_environment GROUP...: groups are names of requirements/*.lock; base and build are always among them.
ensure_environment() {
    local python uv name group
    local groups=(base build) locks=()
    for name in "$@"; do
        case " ${groups[*]} " in *" $name "*) ;; *) groups+=("$name") ;; esac
    done
    is_installed "${groups[@]}" && return 0
    # Groups put in earlier stay, so that ./run after ./test changes nothing.
    for name in "$installed"/*.lock; do
        group="$(basename "$name" .lock)"
        [ -f "$checkout/requirements/$group.lock" ] || continue
        case " ${groups[*]} " in *" $group "*) ;; *) groups+=("$group") ;; esac
    done
    for name in "${groups[@]}"; do locks+=("$checkout/requirements/$name.lock"); done

    python="$(find_python)" || return 1
    rm -rf "$installed"
    if uv="$(find_uv "$python")"; then
        say "Setting up .venv with $("$uv" --version | cut -d' ' -f1,2): ${groups[*]}"
        pins_with_uv "$uv" "$python" "${locks[@]}" || uv=""
    fi
    if [ -n "$uv" ]; then
        package_with_uv "$uv" || set_up_failed || return 1
    else
        say "Setting up .venv with venv and pip: ${groups[*]}"
        pins_with_pip "$python" "${locks[@]}" && package_with_pip "$python" || set_up_failed || return 1
    fi
    mkdir -p "$installed"
    cp "${locks[@]}" "$checkout/pyproject.toml" "$checkout/hatch_build.py" "$installed/"
    printf '%s\n' "$checkout" >"$installed/checkout"
}

# ensure_peers GROUP: an environment of its own for what ./bench measures beside the package, with the pins of that group and nothing else.
ensure_peers() {
    local environment="$checkout/.bench/$1" lock="$checkout/requirements/$1.lock" python uv
    cmp -s "$lock" "$environment/installed.lock" && "$environment/bin/python" -c '' 2>/dev/null && return 0
    python="$(find_python)" || return 1
    rm -f "$environment/installed.lock"
    mkdir -p "$checkout/.bench"
    say "Setting up .bench/$1"
    if ! { uv="$(find_uv "$python")" && pins_with_uv "$uv" "$python" "$lock"; }; then
        pins_with_pip "$python" "$lock" || set_up_failed || return 1
    fi
    cp "$lock" "$environment/installed.lock"
}

# Policies and facts compiled for a quick start of decide, status and explain (src/mineaction/_compiled/).
build_compiled_cache() { (cd "$checkout" && "$environment/bin/python" -m mineaction.programme.compile_package); }
