# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# ./dev flatpak: builds the Flatpak, works the installed program inside its sandbox, and installs it from each thing that
# a force may carry or serve. Read by dev, whose functions it uses.
#
# The runtime comes from Flathub where Flathub answers. Elsewhere a stand-in is made of the SDK folder: Debian 13's
# libraries under the names of GNOME's runtime. It lacks what the manifest builds itself, so that the modules are built.

id=org.probity.Probity
manifest=$here/flatpak/$id.json
flatpak_cache=$cache/flatpak
flatpak_out=$here/_build-flatpak
flathub=https://dl.flathub.org/repo/flathub.flatpakrepo
collection=org.probity.Repository
branch=stable

flatpak_tools='flatpak flatpak-builder elfutils ostree gnupg dbus-daemon xvfb xdotool imagemagick at-spi2-core gir1.2-atspi-2.0
               python3 python3-gi xdg-desktop-portal xdg-desktop-portal-gtk fuse3 curl'
# What is in GNOME's SDK and not in the SDK folder: it compiles the modules and writes what a software centre shows.
standin_packages='make libssl-dev appstream-compose libappstream-compose0
                  cmake cmake-data libarchive13t64 libcurl4t64 libjsoncpp26 librhash1 libuv1t64'
standin_recipe=1

# ---------------------------------------------------------------------------------------------------------------------
# Times and results

times=()
how=

# part NAME COMMAND…: runs one part; it says in $how where its result came from.
part ()
{
  local name=$1 start=${EPOCHREALTIME/[.,]/} took
  shift
  how=made
  say "$name"
  "$@"
  took=$(( (${EPOCHREALTIME/[.,]/} - start) / 100000 ))
  times+=("$(printf '%6d.%d s  %s (%s)' $((took / 10)) $((took % 10)) "$name" "$how")")
}

# What compiles and copies leaves the machine to whoever works at it.
gently=(nice -n 10 ionice -c 3)

# quietly COMMAND…: shows the output only where it fails.
quietly ()
{
  "$@" > "$work/log" 2>&1 < /dev/null || { tail -n 60 "$work/log" >&2; return 1; }
}

# ---------------------------------------------------------------------------------------------------------------------
# Places. Nothing of the user's own Flatpak set-up is read or written.

open_work ()
{
  mkdir -p "$flatpak_cache" "$flatpak_out"
  exec 5> "$flatpak_cache/lock"
  flock -n 5 || { say 'another ./dev flatpak is at work; waiting for it'; flock 5; }
  # What an interrupted run left is never used again.
  rm -rf --one-file-system "$flatpak_cache"/work.* "$flatpak_cache"/*.new
  work=$(mktemp -d "$flatpak_cache/work.XXXXXX")
  mkdir -p "$work/home" "$work/conf" "$work/bin"
  keys=$(mktemp -d /tmp/probity-keys.XXXXXX)
  trap close_work EXIT
}

close_work ()
{
  gpgconf --homedir "$keys" --kill all 2> /dev/null || true
  rm -rf --one-file-system "$work" "$keys"
}

# in_installation FOLDER COMMAND…: works on the Flatpak installation in FOLDER; the runtime's is the system's one.
in_installation ()
{
  local folder=$1
  shift
  env -u XDG_DATA_HOME -u XDG_CONFIG_HOME -u XDG_CACHE_HOME -u XDG_STATE_HOME -u XDG_RUNTIME_DIR HOME="$work/home" \
    FLATPAK_USER_DIR="$folder" FLATPAK_SYSTEM_DIR="${runtimes:-$work/none}" FLATPAK_CONFIG_DIR="$work/conf" \
    GSETTINGS_BACKEND=memory LC_ALL=C.UTF-8 "$@"
}

# ---------------------------------------------------------------------------------------------------------------------
# The mirror's source and binary packages, through apt with lists of its own

# mirror_apt SUITE APT-GET-OR-CACHE ARGUMENT…
mirror_apt ()
{
  local suite=$1 tool=$2 folder=$flatpak_cache/apt-$1 keyring=/usr/share/keyrings/debian-archive-keyring.gpg mirror
  shift 2
  mirror=$(sdk_mirror)
  [ -n "$mirror" ] || return 1
  mkdir -p "$folder/lists/partial" "$folder/cache/archives/partial"
  printf '%s [signed-by=%s] %s %s main\n' deb "$keyring" "$mirror" "$suite" deb-src "$keyring" "$mirror" "$suite" > "$folder/sources.list"
  "$tool" -q -o Dir::Etc::sourcelist="$folder/sources.list" -o Dir::Etc::sourceparts=- -o Dir::State::lists="$folder/lists" \
    -o Dir::State::status=/dev/null -o Dir::Cache="$folder/cache" -o APT::Sandbox::User= -o APT::Architecture="$(dpkg --print-architecture)" "$@"
}

# ---------------------------------------------------------------------------------------------------------------------
# Source archives of the modules

# list_sources: "MODULE URL SHA256" a line, as the manifest has them.
list_sources ()
{
  /usr/bin/python3 "$here/flatpak/manifest.py" sources "$manifest"
}

has_digest () { [ -f "$1" ] && [ "$(sha256sum "$1" | cut -c1-64)" = "$2" ]; }

# The archive of that digest among Debian's source packages of the module's name, if Debian's is the upstream one.
fetch_from_mirror ()
{
  local module=$1 digest=$2 target=$3 folder=$work/source-$1 version file
  version=$(mirror_apt testing apt-cache showsrc --only-source "$module" 2> /dev/null |
    awk -v digest="$digest" '/^Version:/ { version = $2 } $1 == digest { print version; exit }')
  [ -n "$version" ] || return 1
  mkdir -p "$folder"
  (cd "$folder" && mirror_apt testing apt-get source --download-only --tar-only "$module=$version") > "$folder/log" 2>&1 || return 1
  for file in "$folder"/*; do
    if has_digest "$file" "$digest"; then mv "$file" "$target"; return; fi
  done
  return 1
}

# Every archive goes, by its digest, where flatpak-builder looks for it before it would download it.
gather_sources ()
{
  local module url digest folder target file asked=no
  absent=()
  how=cached
  while read -r module url digest; do
    folder=$flatpak_cache/builder/downloads/$digest
    target=$folder/${url##*/}
    has_digest "$target" "$digest" && continue
    how=fetched
    rm -rf "$folder"
    mkdir -p "$folder"
    for file in "${PROBITY_SOURCES:-/nonexistent}"/*; do
      if has_digest "$file" "$digest"; then cp "$file" "$target"; continue 2; fi
    done
    if [ -z "${offline:-}" ] && curl --silent --fail --location --connect-timeout 10 --max-time 300 --output "$target.part" "$url" &&
       has_digest "$target.part" "$digest"; then
      mv "$target.part" "$target"
      continue
    fi
    rm -f "$target.part"
    [ $asked = yes ] || { asked=yes; quietly mirror_apt testing apt-get update || true; }
    fetch_from_mirror "$module" "$digest" "$target" && continue
    rmdir "$folder"
    absent+=("$module")
    say "$module cannot be had here: neither ${url} nor the package mirror gives the archive with SHA-256 $digest"
  done < <(list_sources)
}

# ---------------------------------------------------------------------------------------------------------------------
# The runtime

runtime_version () { /usr/bin/python3 "$here/flatpak/manifest.py" get "$manifest" runtime-version; }

flathub_answers ()
{
  [ -z "${PROBITY_STANDIN:-}" ] && curl --silent --fail --connect-timeout 10 --max-time 30 --output /dev/null "$flathub"
}

install_from_flathub ()
{
  runtimes=$flatpak_cache/flathub-$(runtime_version)
  how=updated
  [ -e "$runtimes.whole" ] || how=fetched
  in_installation "$runtimes" flatpak --user remote-add --if-not-exists --from flathub "$flathub"
  in_installation "$runtimes" flatpak --user install --noninteractive --or-update flathub \
    "org.gnome.Platform//$(runtime_version)" "org.gnome.Sdk//$(runtime_version)"
  touch "$runtimes.whole"
}

# What a program does not need at run time; GNOME's Platform has none of it either.
trim_platform ()
{
  rm -rf include lib/gcc lib/llvm-* lib/debug lib/valgrind libexec/gcc libexec/valgrind share/gir-1.0 share/vala share/gdb share/ccache \
    lib/*/valgrind lib/*/pkgconfig share/pkgconfig share/aclocal lib/python3/dist-packages/mesonbuild lib/*/libclang* lib/*/*.a share/perl
  find bin \( -name '*gcc*' -o -name '*clang*' -o -name 'cpp*' -o -name '*-ld*' -o -name gdb -o -name 'valgrind*' -o -name 'Xvfb' \) -delete
}

# Takes away what the modules provide, wherever Debian puts it.
leave_out_modules ()
{
  local module name
  local -a names
  for module; do
    case $module in
      libsodium) names=(libsodium); rm -rf include/sodium include/sodium.h ;;
      sqlcipher) names=(libsqlcipher); rm -rf include/sqlcipher ;;
      libdex) names=(libdex-1); rm -rf include/libdex-1 ;;
      poppler) names=(libpoppler-glib libpoppler); rm -rf include/poppler bin/pdf* ;;
      *) die "flatpak.sh does not know which files of Debian the module $module stands for" ;;
    esac
    for name in "${names[@]}"; do
      rm -f lib/*/"$name".so* lib/*/"$name".a lib/*/pkgconfig/"${name#libsql}".pc lib/*/pkgconfig/"${name#lib}".pc lib/*/pkgconfig/"$name".pc lib/*/pkgconfig/sql"${name#libsql}".pc
      find lib -name "${name}.so*" | grep . && die "the stand-in still holds $name"
    done
  done
  true
}

# standin_metadata NAME
standin_metadata ()
{
  local arch
  arch=$(flatpak --default-arch)
  cat << EOF
[Runtime]
name=$1
runtime=org.gnome.Platform/$arch/$(runtime_version)
sdk=org.gnome.Sdk/$arch/$(runtime_version)

[Environment]
GI_TYPELIB_PATH=/app/lib/girepository-1.0
XDG_DATA_DIRS=/app/share:/usr/share:/usr/share/runtime/share:/run/host/user-share:/run/host/share
EOF
}

# flatpak-builder before 1.4 calls AppStream's collector by an older name, and puts the metainfo where it used to be.
write_appstream_compose ()
{
  cat > "$1" << 'EOF'
#!/bin/sh
for word; do
  case $word in
    --prefix=*) prefix=${word#*=} ;;
    --origin=*) origin=${word#*=} ;;
    -*) ;;
    *) component=$word ;;
  esac
done
mkdir -p "$prefix/share/metainfo"
mv "$prefix/share/appdata/$component.appdata.xml" "$prefix/share/metainfo/$component.metainfo.xml"
rmdir "$prefix/share/appdata"
exec appstreamcli compose --prefix=/ --origin="$origin" --result-root="$prefix" --data-dir="$prefix/share/app-info/xmls" \
  --icons-dir="$prefix/share/app-info/icons/flatpak" --components="$component" "$prefix"
EOF
  chmod 755 "$1"
}

make_standin ()
{
  local new=$1 folder name package
  local -a modules
  mapfile -t modules < <(list_sources | cut -d' ' -f1 | grep -vxF -f <(printf '%s\n' "${absent[@]:-none}"))
  mkdir -p "$new/debs"
  quietly mirror_apt trixie apt-get update || die 'the package mirror does not answer'
  (cd "$new/debs" && quietly mirror_apt trixie apt-get download $standin_packages) || die "the stand-in needs $standin_packages"

  # Links to the SDK's files: the copying proper is done by ostree.
  folder=$new/Sdk
  mkdir -p "$folder/usr" "$folder/files"
  cp -al "$sdk/usr/." "$folder/usr/"
  cp -al "$sdk/etc" "$folder/usr/etc"
  for package in "$new"/debs/*.deb; do dpkg-deb --fsys-tarfile "$package" | tar -C "$folder/usr" --strip-components=2 -x ./usr; done
  # These differ on every machine or hold names of the one where the SDK was made.
  rm -rf "$folder"/usr/{local,games,src,share/doc} "$folder"/usr/etc/{apt,machine-id,hostname,hosts,resolv.conf,mtab,localtime,ld.so.cache,passwd*,group*,shadow*,gshadow*,subuid*,subgid*}
  (cd "$folder/usr" && leave_out_modules "${modules[@]}")
  write_appstream_compose "$folder/usr/bin/appstream-compose"
  cp -al "$folder" "$new/Platform"
  (cd "$new/Platform/usr" && trim_platform)

  make_key "$new/keys" 'Stand-in runtime'
  ostree init --repo="$new/repository" --mode=bare-user-only --collection-id=org.probity.StandIn
  for name in Sdk Platform; do
    rm -f "$new/$name/metadata"
    standin_metadata "org.gnome.$name" > "$new/$name/metadata"
    quietly "${gently[@]}" flatpak build-export --runtime --disable-fsync --no-update-summary --gpg-homedir="$new/keys" --gpg-sign="$key" \
      "$new/repository" "$new/$name" "$(runtime_version)" || die "org.gnome.$name could not be written"
  done
  rm -rf "$new"/{Sdk,Platform,debs}
  quietly flatpak build-update-repo --gpg-homedir="$new/keys" --gpg-sign="$key" "$new/repository"
  gpg --homedir "$new/keys" --export "$key" > "$new/key.gpg"
  gpgconf --homedir "$new/keys" --kill all || true
  rm -rf "$new/keys"
  runtimes=$new/installation
  in_installation "$runtimes" flatpak --user remote-add --gpg-import="$new/key.gpg" --collection-id=org.probity.StandIn runtime "file://$new/repository"
  quietly in_installation "$runtimes" "${gently[@]}" flatpak --user install --noninteractive runtime \
    "org.gnome.Platform//$(runtime_version)" "org.gnome.Sdk//$(runtime_version)" || die 'the stand-in could not be installed'
  in_installation "$runtimes" flatpak --user remote-modify --url="file://$standin/repository" runtime
  # What it was made from is not needed again: the installation holds the same objects.
  rm -rf "$new/repository"
}

install_standin ()
{
  local digest
  digest=$(printf '%s\n' "$sdk_id" "$standin_recipe" "$(runtime_version)" "$standin_packages" "${absent[@]:-}" |
    cat - <(list_sources | cut -d' ' -f1) <(declare -f make_standin write_appstream_compose trim_platform leave_out_modules standin_metadata) | sha256sum | cut -c1-16)
  standin=$flatpak_cache/standin-$digest
  how=cached
  if [ ! -e "$standin" ]; then
    how=made
    make_standin "$standin.new"
    sync -f "$standin.new"
    mv "$standin.new" "$standin"
    # Others are for other lists of packages; one is 2 GB.
    find "$flatpak_cache" -mindepth 1 -maxdepth 1 -name 'standin-*' ! -path "$standin" -exec rm -rf {} +
  fi
  runtimes=$standin/installation
}

# ---------------------------------------------------------------------------------------------------------------------
# Keys

# make_key FOLDER NAME: leaves the key's id in $key.
make_key ()
{
  mkdir -p -m 700 "$1"
  quietly gpg --homedir "$1" --batch --passphrase '' --quick-gen-key "$2 (made for one run)" rsa3072 sign never || die 'gpg could not make a key'
  key=$(gpg --homedir "$1" --with-colons --list-keys 2> /dev/null | awk -F: '$1 == "fpr" { print $10; exit }')
}

# A force names its own key in PROBITY_FLATPAK_KEY; it is in their keyring, not in this one.
choose_key ()
{
  if [ -n "${PROBITY_FLATPAK_KEY:-}" ]; then
    key=$PROBITY_FLATPAK_KEY
    key_folder=${GNUPGHOME:-$HOME/.gnupg}
  else
    key_folder=$keys
    make_key "$keys" 'Probity test'
  fi
  gpg --homedir "$key_folder" --export "$key" > "$flatpak_out/probity.gpg"
  [ -s "$flatpak_out/probity.gpg" ] || die "there is no key $key in $key_folder"
}

# ---------------------------------------------------------------------------------------------------------------------
# Building

# build_version FOLDER: builds the tree in FOLDER and adds it to the repository.
build_version ()
{
  local tree=$1 used=$1/flatpak/$id.json
  if [ ${#absent[@]} -gt 0 ]; then
    used=$tree/flatpak/.$id.partial.json
    /usr/bin/python3 "$here/flatpak/manifest.py" without "$manifest" "${absent[@]}" > "$used"
  fi
  # The session bus is for flatpak-builder's own questions to portals, which nobody answers.
  in_installation "$work/none" "${gently[@]}" dbus-run-session -- flatpak-builder --system --disable-rofiles-fuse --ccache --force-clean \
    --state-dir="$flatpak_cache/builder" --jobs="$jobs" --default-branch="$branch" --disable-updates \
    --repo="$flatpak_out/repository" --gpg-homedir="$key_folder" --gpg-sign="$key" "$work/app" "$used" > "$work/build.log" 2>&1 < /dev/null ||
    { tail -n 80 "$work/build.log" >&2; die 'flatpak-builder failed'; }
  [ "$used" = "$tree/flatpak/$id.json" ] || rm -f "$used"
}

# The tree as it is, without what is built or hidden.
copy_tree ()
{
  mkdir -p "$2"
  tar -C "$1" --exclude=./.git --exclude=./build --exclude='./_build*' -c . | tar -C "$2" -x
}

build_first ()
{
  rm -rf "$flatpak_out/repository" "$flatpak_out/usb" "$flatpak_out"/*.flatpak*
  ostree init --repo="$flatpak_out/repository" --mode=archive --collection-id="$collection"
  copy_tree "$here" "$work/tree"
  build_version "$work/tree"
}

# The next version is this one under the next number.
build_next ()
{
  version=$(sed -n "s/^  version: '\(.*\)',$/\1/p" "$here/meson.build")
  next_version=${version%.*}.$((${version##*.} + 1))
  mkdir "$work/next"
  cp -a "$flatpak_out/repository" "$work/next/repository"
  sed -i "s/^  version: '.*',$/  version: '$next_version',/" "$work/tree/meson.build"
  local flatpak_out=$work/next
  build_version "$work/tree"
  quietly flatpak build-update-repo --gpg-homedir="$key_folder" --gpg-sign="$key" --generate-static-deltas "$flatpak_out/repository"
}

# ---------------------------------------------------------------------------------------------------------------------
# What is carried or served

sign_repository ()
{
  quietly flatpak build-update-repo --title=Probity --default-branch="$branch" --gpg-import="$flatpak_out/probity.gpg" \
    --gpg-homedir="$key_folder" --gpg-sign="$key" --generate-static-deltas "$flatpak_out/repository"
  write_repository_file
}

export_bundle ()
{
  local -a runtime=()
  [ -z "${from_flathub:-}" ] || runtime=(--runtime-repo="$flathub")
  quietly flatpak build-bundle --gpg-keys="$flatpak_out/probity.gpg" "${runtime[@]}" "$flatpak_out/repository" \
    "$flatpak_out/$id.flatpak" "$id" "$branch"
}

# A workstation adds the repository by this file; whoever serves it puts its address in.
write_repository_file ()
{
  cat > "$flatpak_out/probity.flatpakrepo" << EOF
[Flatpak Repo]
Title=Probity
Url=${PROBITY_FLATPAK_URL:-https://probity.example/repository}
DefaultBranch=$branch
GPGKey=$(base64 -w 0 "$flatpak_out/probity.gpg")
EOF
}

export_usb ()
{
  local first=$work/first
  mkdir -p "$flatpak_out/usb"
  quietly in_installation "$first" "${gently[@]}" flatpak --user create-usb "$flatpak_out/usb" "$id" || die 'create-usb failed'
}

# create-usb takes the runtime from the installation that has the program: this one has both.
install_first ()
{
  local first=$work/first
  cp -al "$runtimes" "$first"
  in_installation "$first" flatpak --user remote-add --gpg-import="$flatpak_out/probity.gpg" --collection-id="$collection" probity "file://$flatpak_out/repository"
  quietly in_installation "$first" flatpak --user install --noninteractive probity "$id//$branch" || die 'the Flatpak could not be installed'
}

# ---------------------------------------------------------------------------------------------------------------------
# Tests. Each prints TAP; what is counted at the end is its lines.

passed=0 skipped=0
failed=()

# The document portal shows a sandbox its files below /run/user/ID: portals can be tried where no session holds that folder.
open_run_dir ()
{
  local folder=/run/user/$(id -u)
  if [ ! -e "$folder/bus" ] && ! mountpoint -q "$folder/doc" && mkdir -p -m 700 "$folder" 2> /dev/null; then run_dir=$folder; fi
}

close_run_dir ()
{
  [ -n "${run_dir:-}" ] || return 0
  fusermount3 -u -q "$run_dir/doc" 2> /dev/null || true
}

# check NAME COMMAND…: runs a test program on a display and a session bus of its own, in the first installation.
check ()
{
  local name=$1 status=0 line bad=0
  shift
  printf '# %s\n' "$name"
  open_run_dir
  in_installation "$work/first" env -u GSETTINGS_BACKEND -u TMPDIR XDG_CURRENT_DESKTOP=GNOME PROBITY_DISPLAY=$((200 + RANDOM % 700)) PROBITY_RUN_DIR="${run_dir:-}" PYTHONDONTWRITEBYTECODE=1 NO_AT_BRIDGE=0 \
    PROBITY_FLATPAK="$id" PROBITY_FLATPAK_OUT="$flatpak_out" PROBITY_FLATPAK_WORK="$work" PROBITY_FLATPAK_NEXT="$work/next" \
    PROBITY_ABSENT_MODULES="${absent[*]:-}" PROBITY_VERSIONS="$version $next_version" PROBITY_OTHER_KEY="$work/other.gpg" \
    PROBITY_COLLECTIONS="$collection $runtime_collection" PROBITY_RUNTIME_KEY="$runtime_key" PROBITY_MANIFEST="$manifest" \
    PROBITY_TEST_FOLDER="$work/home/.var/app/$id/data" PROBITYCTL="$work/bin/probityctl" PROBITY_PATIENCE="${PROBITY_PATIENCE:-3}" \
    "$here/tests/with-display" "$@" > "$work/tap" 2> "$flatpak_out/$name.log" < /dev/null || status=$?
  close_run_dir
  cat "$work/tap"
  while read -r line; do
    case $line in
      'not ok '*) failed+=("$name: ${line#not ok }"); bad=1 ;;
      'ok '*'# SKIP'*) skipped=$((skipped + 1)); printf 'skipped: %s: %s\n' "$name" "${line#ok }" ;;
      'ok '*) passed=$((passed + 1)) ;;
    esac
  done < "$work/tap"
  if [ $status != 0 ]; then
    tail -n 60 "$flatpak_out/$name.log" >&2
    [ $bad = 1 ] || failed+=("$name ended with status $status")
  fi
}

# Commands that stand for the installed programs; what they start is told by the name.
write_commands ()
{
  local name
  for name in probity probityctl; do
    printf '#!/bin/sh\nexec flatpak run --user --die-with-parent --command=%s %s "$@"\n' "$name" "$id" > "$work/bin/$name"
  done
  # This one reads the casebook's files from outside, as somebody with other tools would.
  cat > "$work/bin/dump-casebook" << EOF
#!/bin/sh
export HOME='$HOME' XDG_CACHE_HOME='${XDG_CACHE_HOME:-$HOME/.cache}' PROBITY_TOOLCHAIN='$toolchain'
exec '$here/dev' shell '$here/build/tests/journey/dump-casebook' "\$@"
EOF
  chmod 755 "$work"/bin/*
  mkdir -p "$work/home/.var/app/$id/data" "$work/home/.var/app/$id/config/gtk-4.0"
  printf '[Settings]\ngtk-cursor-blink=false\ngtk-enable-animations=false\n' > "$work/home/.var/app/$id/config/gtk-4.0/settings.ini"
}

build_reader ()
{
  choose_toolchain
  lock_build
  configure_main
  compile_quietly "$here/build" tests/journey/dump-casebook
  unlock_build
}

flatpak_main ()
{
  local -a missing=()
  local line
  mapfile -t missing < <(not_installed $flatpak_tools)
  [ ${#missing[@]} = 0 ] || apt_install "${missing[@]}"
  open_work
  if flathub_answers; then
    from_flathub=yes runtime_collection=org.flathub.Stable
    part 'Archives of the modules' gather_sources
    part 'Runtime from Flathub' install_from_flathub
    runtime_key=$work/flathub.gpg
    curl --silent --fail --max-time 30 "${flathub%/*}/flathub.gpg" > "$runtime_key"
  else
    offline=yes runtime_collection=org.probity.StandIn
    say 'Flathub does not answer: the runtime is a stand-in made of the SDK folder'
    need_sdk
    part 'Archives of the modules' gather_sources
    part 'Stand-in runtime' install_standin
    runtime_key=$standin/key.gpg
  fi
  cp "$runtime_key" "$flatpak_out/runtime.gpg"
  make_key "$work/other" 'Somebody else'
  gpg --homedir "$work/other" --export "$key" > "$work/other.gpg"
  choose_key
  part 'Build of this version' build_first
  part 'Signed repository' sign_repository
  part 'Bundle' export_bundle
  part 'Installation' install_first
  part 'USB folder' export_usb
  part 'Build of the next version' build_next
  part 'Reader of the journey' build_reader
  write_commands
  part 'Tests of the sandbox' check sandbox /usr/bin/python3 "$here/tests/flatpak/test-sandbox.py"
  part 'Journey in the sandbox' check journey /usr/bin/python3 "$here/tests/journey/test-second-job.py" "$work/bin/probity" "$work/bin/dump-casebook"
  part 'Installations from bundle, USB folder and repository' check install /usr/bin/python3 "$here/tests/flatpak/test-install.py"

  printf '\nTimes:\n'
  printf '%s\n' "${times[@]}"
  printf '\n%s\n' "Written: $flatpak_out: $id.flatpak, usb/, repository/, probity.flatpakrepo, probity.gpg, runtime.gpg"
  [ -n "${PROBITY_FLATPAK_KEY:-}" ] || echo 'They are signed by a key that was made for this run. A force names its own in PROBITY_FLATPAK_KEY.'
  for line in "${failed[@]}"; do printf 'FAILED: %s\n' "$line"; done
  printf '%s passed, %s failed, %s skipped\n' "$passed" "${#failed[@]}" "$skipped"
  [ ${#failed[@]} = 0 ]
}
