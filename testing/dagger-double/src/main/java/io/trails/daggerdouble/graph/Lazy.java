package io.trails.daggerdouble.graph;

import org.jspecify.annotations.Nullable;

/** What is made when somebody asks for it. */
interface Lazy<T> {

    T get(Caller caller);

    static <T> Lazy<T> of(T value) {
        return caller -> value;
    }

    /** Keeps what was made; failures aren't kept. Two that ask at once may both make it, which is the same twice. */
    static <T> Lazy<T> once(Lazy<T> maker) {
        return new Lazy<>() {
            private volatile @Nullable T made;

            @Override
            public T get(Caller caller) {
                T known = made;
                if (known == null) {
                    known = maker.get(caller);
                    made = known;
                }
                return known;
            }
        };
    }
}
