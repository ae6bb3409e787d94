package io.trails.dagger.internal.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A process that brings changes back and dies at a step: {@code <folder> <mode> <step> [container]}. */
final class CrashingApply {
    static final FileSelection ALL = FileSelection.of(List.of(), List.of(), Optional.empty());

    private CrashingApply() {}

    /** In the folder are {@code start}, {@code root}, {@code container}, and afterwards {@code store}. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        int last = Integer.parseInt(args[2]);
        var step = new AtomicInteger();
        var store = PendingStore.open(folder.resolve("store"), name -> {
            if (step.incrementAndGet() == last) Runtime.getRuntime().halt(name.equals("arrived") ? 66 : 77);
        });
        Path root = folder.resolve("root");
        Manifest manifest = TreeScan.of(root, ALL, Bounds.usual()).manifest();
        if (Files.exists(root.resolve("user.txt"))) Files.writeString(root.resolve("user.txt"), "the user's");
        var container = new Container(folder.resolve(args.length > 3 ? args[3] : "container"), ALL)
                .settledAs(folder.resolve("start"));
        new HostApplier(root, store).apply(container.changes(store, root), manifest, Mode.valueOf(args[1]));
    }
}
