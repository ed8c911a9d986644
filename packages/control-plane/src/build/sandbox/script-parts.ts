/**
 * Pieces of the shell scripts that lay out what a sandboxed command sees: for builds (`enter-script.ts`) and for applications. They run with all
 * rights in a mount namespace of their own, with `/sys` covered by an empty file system that serves as the place to hold things; it exists everywhere.
 * The scripts stand in it also when `/sys` is the machine's again, for the file `list`: one `mount` that reads a list is much quicker than
 * one `mount` for each line.
 */

/** Covers `/sys` with the holding place and goes there. `list_mounts` writes lines that make mounts read-only; `seal_rest` does what `mount -a` leaves out. */
export const holdingPlace = `list_mounts() {
  while read -r _ point type options _; do
    case $1:$point in
      files:/proc|files:/proc/*|files:/dev|files:/dev/*|files:/sys|files:/sys/*) continue;;
      files:*|kernel:/sys|kernel:/sys/*|kernel:/proc/?*) ;;
      *) continue;;
    esac
    case ,$options, in *,ro,*) continue;; esac
    printf 'seal %s none remount,bind,ro 0 0\\n' "$point"
  done < /proc/self/mounts
}
seal_rest() {
  list_mounts $1 | while read -r _ point _; do
    mount -o remount,bind,ro -- "$point" 2>/dev/null || true
  done
}
mount --make-rprivate /
mount -t tmpfs -o mode=0755 none /sys
cd /sys`;

/** A `/dev` without the machine's disks, held at `/sys/dev`. */
export const smallDevices = `mkdir dev
: > list
for name in null zero full random urandom tty; do
  [ -e /dev/$name ] || continue
  : > dev/$name; printf '/dev/%s /sys/dev/%s none bind 0 0\\n' $name $name >> list
done
mount -a -T list
ln -s /proc/self/fd dev/fd; ln -s fd/0 dev/stdin; ln -s fd/1 dev/stdout; ln -s fd/2 dev/stderr`;

/** Makes all file systems read-only, but for what is held and for the kernel's own. */
export const sealFiles = `list_mounts files > list
mount -a -T list 2>/dev/null || true
seal_rest files`;

/**
 * Makes the kernel's settings read-only, when `/sys` is the machine's again: many of these files ask for nothing but user 0, who stays user 0
 * without any capability. One of them names a program that the kernel starts outside of every namespace. Other users cannot write them anyway.
 */
export const sealKernel = process.getuid?.() !== 0 ? ":" : `for path in /proc/sys /proc/sysrq-trigger /proc/irq /proc/bus /proc/fs /proc/acpi /proc/scsi /proc/driver; do
  [ ! -e $path ] || printf '%s %s none rbind 0 0\\n' $path $path
done > list
mount -a -T list
list_mounts kernel > list
mount -a -T list 2>/dev/null || true
seal_rest kernel`;

/** Arguments of `setpriv` with which a command gives up every right beyond those of its user, for good. */
export const dropPrivileges: readonly string[] = ["--bounding-set=-all", "--inh-caps=-all", "--ambient-caps=-all", "--no-new-privs", "--"];
