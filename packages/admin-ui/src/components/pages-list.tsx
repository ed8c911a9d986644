import { useInfiniteQuery, type QueryKey } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./button.tsx";
import { Loading } from "./loading.tsx";
import { ErrorPanel } from "./problem.tsx";

const movingMs = 2_000;

interface Props<Item> {
  readonly queryKey: QueryKey;
  /** One page, after `cursor`. */
  readonly read: (cursor: string | undefined, signal: AbortSignal) => Promise<{ readonly items: readonly Item[]; readonly next: string | null }>;
  readonly empty: ReactNode;
  readonly children: (items: readonly Item[]) => ReactNode;
  /** Whether something in the list changes without word from the journal: then it is asked for again soon. */
  readonly isMoving?: (item: Item) => boolean;
}

/** A list that is longer than one answer: more of it comes when it is asked for. */
export function PagesList<Item>({ queryKey, read, empty, children, isMoving }: Props<Item>) {
  const { t } = useTranslation();
  const list = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: ({ state }) => (isMoving !== undefined && state.data?.pages.some(({ items }) => items.some(isMoving)) === true ? movingMs : false),
  });
  if (list.isError) return <ErrorPanel error={list.error} retry={() => void list.refetch()} />;
  if (list.isPending) return <Loading lines={6} />;
  const items = list.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return empty;
  return (
    <>
      {children(items)}
      {list.hasNextPage && (
        <div className="mt-4 text-center">
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>{t("common.more")}</Button>
        </div>
      )}
    </>
  );
}
