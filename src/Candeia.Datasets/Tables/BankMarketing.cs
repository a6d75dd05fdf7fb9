using Candeia.Data;

namespace Candeia.Datasets;

/// <summary>
/// 41 188 calls by a bank that offered deposits: who was called, when, and the state of the economy; class 1 took one
/// (<see href="https://archive.ics.uci.edu/dataset/222/bank+marketing">Moro, Cortez, Rita 2014</see>). An item is (x, y): float32 [features], and a 0-d int64.
/// </summary>
/// <remarks>Numbers stand as they are, a category becomes one number for each of its values, 1 for the one that it has.</remarks>
/// <example><code norun="it downloads">
/// var calls = new BankMarketing("data");
/// Console.WriteLine($"{calls.Count} calls, {string.Join(' ', calls.Features.Take(3))}");
/// </code></example>
public sealed class BankMarketing : Dataset<Sample>
{
    const string Table = "bank-additional-full.csv", TableChecksum = "74adfc578bf77a7ff4bb1ba4a9f8709d9e3c6907342959c2c8416847e0afb4d8", Duration = "duration";
    const long MostBytes = 64 << 20;
    static readonly string[]
        s_numbers = ["age", "duration", "campaign", "pdays", "previous", "emp.var.rate", "cons.price.idx", "cons.conf.idx", "euribor3m", "nr.employed"],
        s_header =
        [
            "age", "job", "marital", "education", "default", "housing", "loan", "contact", "month", "day_of_week", "duration", "campaign", "pdays", "previous", "poutcome",
            "emp.var.rate", "cons.price.idx", "cons.conf.idx", "euribor3m", "nr.employed", "y",
        ];

    internal static CheckedFile Archive { get; } = new("bank+marketing.zip", ["https://archive.ics.uci.edu/static/public/222/bank+marketing.zip"], MostBytes, null);

    readonly TensorDataset _items;

    /// <summary>Reads the calls, and fetches them first where they are not there.</summary>
    /// <param name="root">
    /// The folder that holds, or is to hold, <c>bank-marketing/bank-additional-full.csv</c>; with <see cref="DataSource.Folder"/> the folder of this file.
    /// </param>
    /// <param name="withCallDuration">Whether the length of the call is among the numbers: nobody knows it before the call, and then the answer too.</param>
    /// <param name="source">How to get the data where there are none.</param>
    /// <param name="progress">Told how downloading comes on.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="DatasetException">The data cannot be had, or are damaged.</exception>
    /// <exception cref="ArgumentException">They are asked to be generated.</exception>
    public BankMarketing(
        string root, bool withCallDuration = false, DataSource source = DataSource.Download, IProgress<DataProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        if (source == DataSource.Generate) throw new ArgumentException("Bank marketing cannot be generated, only downloaded or read from a folder.", nameof(source));
        string folder = source == DataSource.Download ? Path.Combine(root, "bank-marketing") : root, path = Path.Combine(folder, Table);
        if (source == DataSource.Download && !File.Exists(path)) Unpack(Archive.Fetch(folder, progress, cancel), path, TableChecksum, progress, cancel);
        (Features, _items) = Read(path, withCallDuration);
    }

    /// <summary>What each number of an item is: <c>age</c>, <c>job=student</c>.</summary>
    public IReadOnlyList<string> Features { get; }

    /// <summary>All calls, [n, features].</summary>
    public Tensor X => _items.X;

    /// <summary>Their classes, [n].</summary>
    public Tensor Y => _items.Y;

    /// <inheritdoc/>
    public override int Count => _items.Count;

    /// <inheritdoc/>
    public override Sample this[int index] => _items[index];

    /// <inheritdoc/>
    protected internal override Batch? TryBatch(ReadOnlySpan<int> indices) => new(X.IndexSelect(0, Tensor.From(indices)), Y.IndexSelect(0, Tensor.From(indices)));

    /// <summary>Takes the table out of the archive in the archive.</summary>
    internal static void Unpack(string archive, string path, string? checksum, IProgress<DataProgress>? progress, CancellationToken cancel)
    {
        const string inner = "bank-additional.zip", within = "bank-additional/" + Table;
        string middle = path + ".zip.tmp";
        try
        {
            Take(archive, inner, middle, cancel);
            Take(middle, within, path + ".tmp", cancel);
            if (checksum is not null) Checksum.Verify(path + ".tmp", checksum, progress);
            File.Move(path + ".tmp", path, overwrite: true);
        }
        finally
        {
            File.Delete(middle);
            File.Delete(path + ".tmp");
        }
    }

    static void Take(string archive, string name, string path, CancellationToken cancel)
    {
        using var zip = Zip.Open(archive);
        var entry = zip.GetEntry(name) ?? throw new DatasetException($"'{archive}' has no '{name}' in it, so it is not the archive it should be; get it again.");
        WholeFile.Write(path, target => Zip.Copy(archive, entry, target, MostBytes, cancel));
    }

    static (string[] Features, TensorDataset Items) Read(string path, bool withCallDuration)
    {
        (int Row, string[] Fields)[] rows = [.. CsvFile.Rows(path, ';', MostBytes)];
        if (rows.Length < 2) throw new DatasetException($"'{path}' has no rows below its header; get the file again.");
        if (!rows[0].Fields.SequenceEqual(s_header)) throw new DatasetException(path, 1, $"the header is not '{string.Join(';', s_header)}'; get the file again.");
        rows = rows[1..];
        foreach (var (row, fields) in rows)
            if (fields.Length != s_header.Length) throw new DatasetException(path, row, $"it has {fields.Length} fields, not {s_header.Length}; get the file again.");

        // A column of the table, and the value of it that a number stands for; none, where it is a number itself.
        (int Column, string? Value)[] features =
        [
            .. from column in Enumerable.Range(0, s_header.Length - 1)
               where withCallDuration || s_header[column] != Duration
               from value in s_numbers.Contains(s_header[column]) ? (IEnumerable<string?>)[null] : rows.Select(r => r.Fields[column]).Distinct().Order(StringComparer.Ordinal)
               select (column, value),
        ];
        float[] x = [.. rows.SelectMany(r => features.Select(f => f.Value is null ? Number.Of(path, r.Row, r.Fields[f.Column]) : r.Fields[f.Column] == f.Value ? 1 : 0))];
        long[] y = [.. rows.Select(r => r.Fields[^1] switch
        {
            "yes" => 1L,
            "no" => 0,
            var other => throw new DatasetException(path, r.Row, $"its answer '{other}' is neither yes nor no; get the file again."),
        })];
        string[] names = [.. features.Select(f => s_header[f.Column] + (f.Value is null ? "" : $"={f.Value}"))];
        return (names, new(Tensor.From(x, [rows.Length, names.Length]), Tensor.From(y)));
    }
}
