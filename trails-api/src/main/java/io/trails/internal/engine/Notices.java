package io.trails.internal.engine;

import io.trails.TrailsEvent;
import io.trails.spi.SandboxNotice;
import java.util.function.Consumer;

/** Tells what sandboxes have to tell. Thread-safe. */
final class Notices {
    private Notices() {}

    static Consumer<SandboxNotice> of(Journal journal, String session) {
        return notice -> tell(journal, session, notice);
    }

    private static void tell(Journal journal, String session, SandboxNotice notice) {
        switch (notice.kind()) {
            case LOST -> journal.note("sandbox.lost", TrailsEvent.Type.SANDBOX_LOST, session, notice.reason());
            case REBUILT -> journal.note("sandbox.rebuilt", TrailsEvent.Type.SANDBOX_REBUILT, session, notice.reason());
            // With every command: it would fill the log, and is seen in the files.
            case BROUGHT_BACK -> journal.tell(TrailsEvent.Type.FILES_BROUGHT_BACK, session, notice.reason());
            case WITHHELD ->
                journal.note("sandbox.withheld", TrailsEvent.Type.FILES_WITHHELD, session, notice.reason());
            case WARNING -> journal.note("sandbox.warning", TrailsEvent.Type.SANDBOX_WARNING, session, notice.reason());
        }
    }
}
