import { holdingPlace, sealFiles, sealKernel, smallDevices } from "../../../build/sandbox/script-parts.ts";

/**
 * Run by `sh -c` in a mount namespace of its own: lays out what the application may see, then becomes the application's process. Every step is an
 * `exec`: process, group and marks are the ones that the gateway started.
 *
 * Arguments, never interpolated: DEVICES (`own`: a `/dev` without the machine's disks, which belong to user 0 whatever capabilities it has) DIRECTORY
 * COUNT and so many pairs of `hide`, `rw` or `ro` and a path, then the arguments of the last `setpriv`.
 *
 * `/tmp`, say, may be shown and hold what is hidden, which may hold what is shown: so all that is shown is held aside first, as it is and writable,
 * and the pairs are done in their order when the rest is sealed.
 */
export const enterScript = `
set -eu
devices=$1 directory=$2 count=$3; shift 3
${holdingPlace}
: > empty
: > covers
if [ "$devices" = own ]; then
  ${smallDevices}
  mkdir dev/pts dev/shm
  { mount -t devpts -o newinstance,ptmxmode=0666,mode=0620 none /sys/dev/pts && ln -s pts/ptmx dev/ptmx; } 2>/dev/null || true
  shm=/sys/dev/shm
else shm=/dev/shm; fi
[ ! -d $shm ] || mount -t tmpfs -o mode=1777,nosuid,nodev none $shm
n=0 held=
for word in "$@"; do
  n=$((n+1))
  [ "$n" -le $((2*count)) ] || break
  if [ $((n%2)) = 1 ]; then what=$word
  elif [ "$what" = hide ]; then :
  elif [ -d "$word" ]; then held="$held held$n"
  else : > held$n; fi
done
[ -z "$held" ] || mkdir $held
n=0
for word in "$@"; do
  n=$((n+1))
  [ ! -e held$n ] || mount --rbind -- "$word" /sys/held$n
done
${sealFiles}
[ "$devices" != own ] || mount --rbind /sys/dev /dev
n=0
while [ "$count" -gt 0 ]; do
  n=$((n+2))
  if [ "$1" != hide ]; then
    if [ -d held$n ]; then [ -d "$2" ] || mkdir -p -- "$2"
    elif [ ! -e "$2" ]; then mkdir -p -- "\${2%/*}"; : > "$2"; fi
    mount --rbind -- /sys/held$n "$2"
    [ "$1" = rw ] || mount -o remount,bind,ro -- "$2"
  elif [ -d "$2" ]; then
    mount -t tmpfs -o size=1m,mode=0755,nosuid,nodev none -- "$2"
    printf '%s\\n' "$2" >> covers
  elif [ -e "$2" ]; then
    mount --bind -- /sys/empty "$2"
    mount -o remount,bind,ro -- "$2"
  fi
  shift 2; count=$((count-1))
done
while IFS= read -r cover; do mount -o remount,bind,ro -- "$cover"; done < covers
[ "$devices" != own ] || mount -o remount,bind,ro /dev
umount -l /sys
${sealKernel}
cd -- "$directory"
exec setpriv "$@"
`;
