using System.Formats.Tar;
using Candeia.Data;

namespace Candeia.Datasets;

/// <summary>
/// Data sets that are larger than memory or a disk, cut into archives of tar, the shards, as <see href="https://github.com/webdataset/webdataset">WebDataset</see>
/// has them: they are read from the first byte to the last, and only what is at hand is in memory.
/// </summary>
/// <example><code>
/// string folder = Directory.CreateTempSubdirectory().FullName;
/// TarShards.Write(folder, "train", Enumerable.Range(0, 10).Select(i => new TarSample($"{i:D4}", new Dictionary&lt;string, byte[]> { ["x"] = [(byte)i], ["cls"] = [1] })), samples: 4);
/// var samples = TarShards.Open(Directory.GetFiles(folder), shuffle: true).Shuffle(buffer: 5);
/// foreach (var batch in samples.Map(s => (Tensor.From([(float)s["x"][0]]), Tensor.From([(long)s["cls"][0]]))).Loader(5, seed: 1)) Console.WriteLine(batch);
/// // → x [5, 1], y [5, 1]
/// // → x [5, 1], y [5, 1]
/// </code></example>
public static class TarShards
{
    const int MostFiles = 1000;

    /// <summary>The samples of some archives, one after the other.</summary>
    /// <param name="archives">Their files, compressed by gzip or not.</param>
    /// <param name="shuffle">Whether the archives come in another order each epoch. For an order of samples too, ask for <see cref="IterableDataset{T}.Shuffle"/>.</param>
    /// <param name="index">Which part of the archives, from 0, where several processes share them.</param>
    /// <param name="count">How many parts there are: of the archives in their order, whatever it is in an epoch, each takes every so-manieth.</param>
    /// <param name="mostBytes">How many bytes a file may have.</param>
    /// <param name="lanes">
    /// How many archives are read side by side: each lane has every so-manieth, and a batch takes as many samples from each. Of processes that train together by
    /// <c>DataParallel</c> each reads the archives of some lanes, and the batches are the same for any number of processes that divides the lanes.
    /// </param>
    /// <exception cref="ArgumentException">There are fewer archives than lanes or processes.</exception>
    /// <exception cref="DatasetException">While they are gone through: an archive is damaged or missing, or holds what is no sample.</exception>
    public static IterableDataset<TarSample> Open(IEnumerable<string> archives, bool shuffle = false, int index = 0, int count = 1, int mostBytes = 1 << 28, int lanes = 1)
    {
        ArgumentNullException.ThrowIfNull(archives);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, count);
        ArgumentOutOfRangeException.ThrowIfNegative(mostBytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lanes);
        string[] all = [.. archives];
        if (all.Length < count) throw new ArgumentException($"{all.Length} archives cannot be shared by {count} processes: cut the data into at least as many.", nameof(archives));
        if (lanes > 1) return InLanes([.. all.Where((_, i) => i % count == index)], shuffle, mostBytes, lanes);
        return new((Generator epoch) => (shuffle ? epoch.Permutation(all.Length).Select(i => all[i]) : all)
            .Where((_, i) => i % count == index).SelectMany(archive => Samples(archive, mostBytes)));
    }

    static IterableDataset<TarSample> InLanes(string[] archives, bool shuffle, int mostBytes, int lanes)
    {
        if (archives.Length < lanes)
            throw new ArgumentException($"{archives.Length} archives cannot be read in {lanes} lanes: cut the data into at least as many, or take fewer lanes.", nameof(archives));
        return new((epoch, lane) =>
        {
            string[] own = [.. archives.Where((_, i) => i % lanes == lane)];
            return (shuffle ? epoch.Permutation(own.Length).Select(i => own[i]) : own).SelectMany(archive => Samples(archive, mostBytes));
        }, lanes);
    }

    /// <summary>Writes archives of some samples each: <c>train-000000.tar</c> and so on.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="name">How their names begin.</param>
    /// <param name="data">The samples; their keys have no points.</param>
    /// <param name="samples">How many each archive has.</param>
    /// <returns>The files.</returns>
    /// <exception cref="ArgumentException">A key has a point, where an extension would begin, or is empty.</exception>
    public static IReadOnlyList<string> Write(string folder, string name, IEnumerable<TarSample> data, int samples)
    {
        ArgumentNullException.ThrowIfNull(data);
        Directory.CreateDirectory(folder);
        List<string> written = [];
        foreach (var part in data.Chunk(samples))
        {
            written.Add(Path.Combine(folder, $"{name}-{written.Count:D6}.tar"));
            WholeFile.Write(written[^1], stream =>
            {
                using var tar = new TarWriter(stream, TarEntryFormat.Ustar, leaveOpen: true);
                foreach (var sample in part)
                    foreach (var (extension, bytes) in sample.Files) tar.WriteEntry(Entry(sample.Key, extension, bytes));
            });
        }
        return written;
    }

    static UstarTarEntry Entry(string key, string extension, byte[] bytes) => key.Length > 0 && !key.Contains('.', StringComparison.Ordinal)
        ? new(TarEntryType.RegularFile, $"{key}.{extension}") { DataStream = new MemoryStream(bytes), ModificationTime = DateTimeOffset.UnixEpoch }
        : throw new ArgumentException($"'{key}' is no key of a sample: it must not be empty, and a point begins the extension.", nameof(key));

    static IEnumerable<TarSample> Samples(string archive, int mostBytes)
    {
        string? open = null;
        Dictionary<string, byte[]> files = [];
        foreach (var file in Tar.Files(archive))
        {
            if (Split(file.Name) is not var (key, extension)) continue;
            if (key != open && open is not null)
            {
                yield return new(open, files);
                files = [];
            }
            open = key;
            if (files.Count == MostFiles) throw new DatasetException($"The sample '{key}' in '{archive}' has more than {MostFiles} files; these are no samples side by side.");
            if (!files.TryAdd(extension, file.Bytes(mostBytes))) throw new DatasetException($"The sample '{key}' in '{archive}' has two files with the extension '{extension}'.");
        }
        if (open is not null) yield return new(open, files);
    }

    /// <summary>Key and extension: the name of the file is cut at its first point. What is hidden, or has no extension, is no part of a sample.</summary>
    static (string Key, string Extension)? Split(string name)
    {
        int file = name.LastIndexOf('/') + 1, point = name.IndexOf('.', file);
        return point <= file || point == name.Length - 1 ? null : (name[..point], name[(point + 1)..].ToLowerInvariant());
    }
}
