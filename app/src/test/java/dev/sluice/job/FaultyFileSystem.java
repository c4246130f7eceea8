package dev.sluice.job;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.StreamSupport;

/** The real file system, except that a test decides what becomes of writes and reads. */
public final class FaultyFileSystem extends FileSystem {

    /** Comes before each write to a file. */
    @FunctionalInterface
    public interface Fault {
        /** Comes before a write to a file. */
        void beforeWrite(Path file, Channel channel) throws IOException;
    }

    /** What is done with a file. */
    public enum Act {
        /** It is looked at. */
        LOOK,
        /** It is opened. */
        OPEN,
        /** Bytes of it are read. */
        READ
    }

    /** Comes before a file or folder is looked at, and before it is read. */
    @FunctionalInterface
    public interface ReadFault {
        /** Comes before the act. */
        void before(Act act, Path path) throws IOException;
    }

    private final FileSystem real;
    private final Provider provider = new Provider();
    private volatile Fault fault = (file, channel) -> {};
    private volatile ReadFault readFault = (act, path) -> {};

    /** A file system without a fault. */
    public FaultyFileSystem(FileSystem real) {
        this.real = real;
    }

    /** Decides from now on. */
    public void onWrite(Fault newFault) {
        fault = newFault;
    }

    /** Decides from now on. */
    public void onRead(ReadFault newFault) {
        readFault = newFault;
    }

    /** The same path, in this file system. */
    public Path wrap(Path path) {
        return (Path)
                Proxy.newProxyInstance(
                        FaultyFileSystem.class.getClassLoader(),
                        new Class<?>[] {Path.class},
                        (proxy, method, arguments) -> call(path, method, arguments));
    }

    static Path unwrap(Path path) {
        return path.getFileSystem() instanceof FaultyFileSystem ? path.toFile().toPath() : path;
    }

    private @Nullable Object call(Path path, Method method, Object @Nullable [] arguments)
            throws Throwable {
        if (method.getName().equals("getFileSystem")) {
            return this;
        }
        if (method.getName().equals("iterator")) {
            return StreamSupport.stream(path.spliterator(), false).map(this::wrap).iterator();
        }
        Object[] plain = arguments == null ? new Object[0] : arguments.clone();
        for (int i = 0; i < plain.length; i++) {
            plain[i] = plainly(plain[i]);
        }
        try {
            Object result = method.invoke(path, plain);
            return result instanceof Path found ? wrap(found) : result;
        } catch (InvocationTargetException e) {
            throw Objects.requireNonNull(e.getCause());
        }
    }

    private static Object plainly(Object argument) {
        if (argument instanceof Path path) {
            return unwrap(path);
        }
        if (argument instanceof Path[] paths) {
            Path[] plain = new Path[paths.length];
            for (int i = 0; i < paths.length; i++) {
                plain[i] = unwrap(paths[i]);
            }
            return plain;
        }
        return argument;
    }

    /** A file of this file system. */
    public final class Channel extends FileChannel {

        private final Path file;
        private final FileChannel channel;
        private final CountDownLatch closed = new CountDownLatch(1);

        Channel(Path file, FileChannel channel) {
            this.file = file;
            this.channel = channel;
        }

        /** Hangs as a dead network drive does: until somebody closes the file. */
        public void hang() throws IOException {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new AsynchronousCloseException();
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            return channel.read(target);
        }

        @Override
        public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
            return channel.read(targets, offset, length);
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            fault.beforeWrite(file, this);
            return channel.write(source);
        }

        @Override
        public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
            fault.beforeWrite(file, this);
            return channel.write(sources, offset, length);
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            fault.beforeWrite(file, this);
            return channel.write(source, position);
        }

        @Override
        public long position() throws IOException {
            return channel.position();
        }

        @Override
        public FileChannel position(long newPosition) throws IOException {
            channel.position(newPosition);
            return this;
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            channel.truncate(size);
            return this;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            channel.force(metaData);
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target)
                throws IOException {
            return channel.transferTo(position, count, target);
        }

        @Override
        public long transferFrom(ReadableByteChannel source, long position, long count)
                throws IOException {
            return channel.transferFrom(source, position, count);
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            readFault.before(Act.READ, file);
            return channel.read(target, position);
        }

        @Override
        public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
            return channel.map(mode, position, size);
        }

        @Override
        public FileLock lock(long position, long size, boolean shared) throws IOException {
            return channel.lock(position, size, shared);
        }

        @Override
        public @Nullable FileLock tryLock(long position, long size, boolean shared)
                throws IOException {
            return channel.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            closed.countDown();
            channel.close();
        }
    }

    private final class Provider extends FileSystemProvider {

        private FileSystemProvider real() {
            return real.provider();
        }

        @Override
        public FileChannel newFileChannel(
                Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
                throws IOException {
            Path plain = unwrap(path);
            readFault.before(Act.OPEN, plain);
            return new Channel(plain, real().newFileChannel(plain, options, attributes));
        }

        @Override
        public SeekableByteChannel newByteChannel(
                Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
                throws IOException {
            return newFileChannel(path, options, attributes);
        }

        @Override
        public DirectoryStream<Path> newDirectoryStream(
                Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
            readFault.before(Act.LOOK, unwrap(folder));
            DirectoryStream<Path> found =
                    real().newDirectoryStream(unwrap(folder), path -> filter.accept(wrap(path)));
            return new DirectoryStream<>() {
                @Override
                public Iterator<Path> iterator() {
                    return StreamSupport.stream(found.spliterator(), false)
                            .map(FaultyFileSystem.this::wrap)
                            .iterator();
                }

                @Override
                public void close() throws IOException {
                    found.close();
                }
            };
        }

        @Override
        public void createDirectory(Path folder, FileAttribute<?>... attributes)
                throws IOException {
            real().createDirectory(unwrap(folder), attributes);
        }

        @Override
        public void delete(Path path) throws IOException {
            real().delete(unwrap(path));
        }

        @Override
        public void copy(Path source, Path target, CopyOption... options) throws IOException {
            real().copy(unwrap(source), unwrap(target), options);
        }

        @Override
        public void move(Path source, Path target, CopyOption... options) throws IOException {
            real().move(unwrap(source), unwrap(target), options);
        }

        @Override
        public boolean isSameFile(Path one, Path other) throws IOException {
            return real().isSameFile(unwrap(one), unwrap(other));
        }

        @Override
        public boolean isHidden(Path path) throws IOException {
            return real().isHidden(unwrap(path));
        }

        @Override
        public FileStore getFileStore(Path path) throws IOException {
            return real().getFileStore(unwrap(path));
        }

        @Override
        public void checkAccess(Path path, AccessMode... modes) throws IOException {
            real().checkAccess(unwrap(path), modes);
        }

        @Override
        public <V extends FileAttributeView> @Nullable V getFileAttributeView(
                Path path, Class<V> type, LinkOption... options) {
            return real().getFileAttributeView(unwrap(path), type, options);
        }

        @Override
        public <A extends BasicFileAttributes> A readAttributes(
                Path path, Class<A> type, LinkOption... options) throws IOException {
            readFault.before(Act.LOOK, unwrap(path));
            return real().readAttributes(unwrap(path), type, options);
        }

        @Override
        public Map<String, Object> readAttributes(
                Path path, String attributes, LinkOption... options) throws IOException {
            return real().readAttributes(unwrap(path), attributes, options);
        }

        @Override
        public void setAttribute(
                Path path, String attribute, @Nullable Object value, LinkOption... options)
                throws IOException {
            real().setAttribute(unwrap(path), attribute, value, options);
        }

        @Override
        public String getScheme() {
            return "faulty";
        }

        @Override
        public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileSystem getFileSystem(URI uri) {
            return FaultyFileSystem.this;
        }

        @Override
        public Path getPath(URI uri) {
            throw new UnsupportedOperationException();
        }
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    @Override
    public void close() {}

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return real.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return real.getRootDirectories();
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return real.getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return real.supportedFileAttributeViews();
    }

    @Override
    public Path getPath(String first, String... more) {
        return wrap(real.getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String syntaxAndPattern) {
        PathMatcher matcher = real.getPathMatcher(syntaxAndPattern);
        return path -> matcher.matches(unwrap(path));
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        return real.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() throws IOException {
        return real.newWatchService();
    }
}
