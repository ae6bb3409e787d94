package consumer;

/** Says where it found trails; the argument is the kind of path it was started on. */
public final class Main {
    private Main() {}

    public static void main(String[] args) throws Exception {
        boolean modular = "module-path".equals(args[0]);
        Class<?> trails = Class.forName("io.trails.Trails");
        System.out.println(trails + " of " + trails.getModule() + ", loaded by " + trails.getClassLoader());
        if (trails.getModule().isNamed() != modular) {
            throw new IllegalStateException("Started on the " + args[0] + ", but trails is in " + trails.getModule());
        }
    }
}
