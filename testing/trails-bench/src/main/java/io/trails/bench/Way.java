package io.trails.bench;

/** One way of doing something: does it once and says what it took, in nanoseconds or bytes. */
interface Way {
    long measure() throws Exception;

    /** Something that is done. */
    interface Step {
        void take() throws Exception;
    }

    static Way timed(Step step) {
        return () -> time(step);
    }

    static long time(Step step) throws Exception {
        long start = System.nanoTime();
        step.take();
        return System.nanoTime() - start;
    }
}
