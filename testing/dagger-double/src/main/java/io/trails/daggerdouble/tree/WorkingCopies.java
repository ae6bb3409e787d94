package io.trails.daggerdouble.tree;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The working copies of an engine, each lent to one command at a time; the one most like the wanted tree is lent. Thread-safe. */
public final class WorkingCopies {

    private static final int FAR = 2000;

    private final Path directory;
    private final Blobs blobs;
    private final List<WorkingCopy> free = new ArrayList<>();
    private int count;

    public WorkingCopies(Path directory, Blobs blobs) {
        this.directory = directory;
        this.blobs = blobs;
    }

    public WorkingCopy lend(Dir wanted) throws IOException {
        WorkingCopy copy = nearest(wanted);
        copy.show(wanted);
        return copy;
    }

    public void giveBack(WorkingCopy copy) {
        synchronized (free) {
            free.add(copy);
        }
    }

    private WorkingCopy nearest(Dir wanted) throws IOException {
        int number;
        synchronized (free) {
            WorkingCopy best = null;
            int least = Integer.MAX_VALUE;
            for (WorkingCopy copy : free) {
                int distance = copy.distance(wanted, FAR);
                if (distance < least) {
                    least = distance;
                    best = copy;
                }
            }
            if (best != null && (least < FAR || free.size() > 3)) {
                free.remove(best);
                return best;
            }
            number = count++;
        }
        return new WorkingCopy(directory.resolve(Integer.toString(number)), blobs);
    }
}
