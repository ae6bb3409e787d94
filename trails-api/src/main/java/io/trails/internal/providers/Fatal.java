package io.trails.internal.providers;

/** Tells what a provider throws, whatever it is, from what says that this JVM cannot go on. */
public final class Fatal {
    private Fatal() {}

    /** Throws it again if it is no guest's to throw. Too deep a recursion is: it has ended when it is caught. */
    public static void rethrow(Throwable thrown) {
        if (thrown instanceof VirtualMachineError fatal && !(thrown instanceof StackOverflowError)) throw fatal;
    }
}
