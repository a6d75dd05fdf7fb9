using System.IO.Compression;

namespace Candeia.Datasets;

/// <summary>The archive of the real data set: two tables and two archives of images inside.</summary>
internal static class CorrelationArchive
{
    public const long MostBytes = 4L << 30;
    const long MostTableBytes = 64 << 20, MostImagesBytes = 2L << 30, MostImageBytes = 1 << 20;
    const string Partial = ".unpacking", Inner = "images.zip.tmp";

    /// <summary>The archive's addresses, for a data set under <paramref name="root"/>.</summary>
    public static RemoteFile Remote(string root) => new(
        [
            new("https://torch-cdn.mlverse.org/datasets/guess-the-correlation.zip"),
            new("https://storage.googleapis.com/torch-datasets/guess-the-correlation.zip"),
        ],
        MostBytes,
        $"generate the data (DataSource.Generate needs no network), or put the archive at '{Path.Combine(root, CorrelationLayout.Archive)}'");

    /// <summary>Takes the known files out of an archive into <paramref name="folder"/>, which appears when it is complete.</summary>
    /// <exception cref="DatasetException">The archive is damaged, lacks a part, or the folder cannot be written.</exception>
    public static void Unpack(string archive, string folder, IProgress<DataProgress>? progress = null, CancellationToken cancel = default)
    {
        string partial = folder + Partial;
        try
        {
            Remove(partial);
            Directory.CreateDirectory(partial);
            using (var zip = Zip.Open(archive))
            {
                long done = 0;
                foreach (string table in new[] { CorrelationLayout.TrainTable, CorrelationLayout.SubmissionTable })
                    Take(archive, Find(archive, zip, table), Path.Combine(partial, table), MostTableBytes, cancel);
                foreach (string images in new[] { CorrelationLayout.TrainImages, CorrelationLayout.SubmissionImages })
                    done = UnpackImages(archive, zip, images, partial, done, progress, cancel);
            }
            Directory.Move(partial, folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(
                $"'{archive}' cannot be unpacked to '{folder}' ({fault.Message.TrimEnd('.')}); name another folder, or make room there.", fault);
        }
        finally
        {
            Remove(partial);
        }
    }

    static long UnpackImages(
        string archive, ZipArchive zip, string images, string partial, long done, IProgress<DataProgress>? progress, CancellationToken cancel)
    {
        string inner = Path.Combine(partial, Inner), folder = Path.Combine(partial, images);
        Take(archive, Find(archive, zip, images + ".zip"), inner, MostImagesBytes, cancel);
        Directory.CreateDirectory(folder);
        using (var files = Zip.Open(inner))
        {
            long bytes = 0;
            foreach (var entry in files.Entries)
            {
                if (ImageName(entry.FullName, images) is not { } name) continue;
                if ((bytes += entry.Length) > MostBytes)
                    throw new DatasetException($"'{archive}' would unpack to more than {MostBytes} bytes; it is not the archive it should be.");
                Take($"{archive}/{images}.zip", entry, Path.Combine(folder, name), MostImageBytes, cancel);
                if (++done % 1000 == 0) progress?.Report(new(DataStage.Unpacking, done, null));
            }
        }
        File.Delete(inner);
        progress?.Report(new(DataStage.Unpacking, done, null));
        return done;
    }

    // Nothing but "ID.png" or "train_imgs/ID.png" becomes a file name; what else is there is passed over.
    static string? ImageName(string entry, string images)
    {
        string name = entry.StartsWith(images + "/", StringComparison.Ordinal) ? entry[(images.Length + 1)..] : entry;
        bool known = name.EndsWith(CorrelationLayout.ImageEnding, StringComparison.Ordinal)
            && CorrelationLayout.IsId(name.AsSpan()[..^CorrelationLayout.ImageEnding.Length]);
        return known ? name : null;
    }

    static ZipArchiveEntry Find(string archive, ZipArchive zip, string name) => zip.GetEntry(name)
        ?? throw new DatasetException($"'{archive}' has no '{name}' in it, so it is not the archive it should be; get it again.");

    static void Take(string archive, ZipArchiveEntry entry, string path, long mostBytes, CancellationToken cancel)
    {
        using var file = new FileStream(path, FileMode.Create);
        Zip.Copy(archive, entry, file, mostBytes, cancel);
    }

    static void Remove(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }
}
