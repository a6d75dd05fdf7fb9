using Candeia.Data;
using Parquet;
using Parquet.Schema;

namespace Candeia.Datasets.Tests;

public sealed class ParquetTableTests : IDisposable
{
    static readonly DataField<double?> s_area = new("area");
    static readonly DataField<int> s_rooms = new("rooms");
    static readonly DataField<string> s_quarter = new("quarter");
    static readonly DataField<bool?> s_new = new("new");
    static readonly DataField<DateTime> s_listed = new("listed");
    static readonly DataField<long[]> s_list = new("list");

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A file of row groups with six rows each.</summary>
    async Task<string> Flats(int groups = 2, CompressionMethod method = CompressionMethod.Snappy, string name = "flats.parquet")
    {
        string file = _folder[name];
        await using var stream = File.Create(file);
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(s_area, s_rooms, s_quarter, s_new, s_listed), stream, new ParquetOptions { CompressionMethod = method });
        for (int g = 0; g < groups; g++)
        {
            using var group = writer.CreateRowGroup();
            await group.WriteAsync<double>(s_area, new double?[] { 10 * g, 1.5, null, 2.5, double.PositiveInfinity, 3 });
            await group.WriteAsync<int>(s_rooms, new[] { 1, 2, 3, 4, 5, 6 });
            await group.WriteAsync(s_quarter, (string[])["park", "port", "park", null!, "port", "park"]);
            await group.WriteAsync<bool>(s_new, new bool?[] { true, false, null, true, true, true });
            await group.WriteAsync<DateTime>(s_listed, Enumerable.Range(1, 6).Select(d => new DateTime(2026, 3, d, 0, 0, 0, DateTimeKind.Utc)).ToArray());
        }
        return file;
    }

    [Theory]
    [InlineData(CompressionMethod.None), InlineData(CompressionMethod.Snappy), InlineData(CompressionMethod.Gzip), InlineData(CompressionMethod.Zstd), InlineData(CompressionMethod.LZ4)]
    public async Task Columns_have_the_kinds_and_cells_of_the_file(CompressionMethod method)
    {
        var table = ParquetTable.Read(await Flats(method: method));
        Assert.Equal("12 rows: area (number, 4 missing), rooms (integer), quarter (category, 2 missing), new (boolean, 2 missing), listed (date)", $"{table}");
        Assert.Equal([0, 1.5, double.NaN, 2.5, double.NaN, 3, 10, 1.5], Enumerable.Range(0, 8).Select(table["area"].Number));
        Assert.Equal(["park", "port", "park", null, "port", "park", "park"], Enumerable.Range(0, 7).Select(table["quarter"].Text));
        Assert.Equal(["true", "false", null], Enumerable.Range(0, 3).Select(table["new"].Text));
        Assert.Equal("2026-03-06", table["listed"].Text(11));
    }

    [Fact]
    public async Task Row_groups_come_one_by_one_and_columns_as_they_are_named()
    {
        string file = await Flats(groups: 3);
        var parts = ParquetTable.RowGroups(file, ["rooms", "area"]).ToArray();
        Assert.Equal([6, 6, 6], parts.Select(p => p.Count));
        Assert.All(parts, p => Assert.Equal(["area", "rooms"], p.Columns.Select(c => c.Name)));
        Assert.Equal([0.0, 10, 20], parts.Select(p => p["area"].Number(0)));
        Assert.Equal(18, ParquetTable.Read(file, ["area"]).Count);
        Assert.Single(ParquetTable.RowGroups(file).Take(1));
        File.Delete(file);                                                                 // nothing holds it any more
    }

    [Fact]
    public async Task Row_groups_are_a_stream_in_lanes_that_goes_on_from_any_batch()
    {
        string[] files = [await Flats(groups: 3), await Flats(groups: 4, name: "more.parquet")];
        StreamLoader<Batch> Loader() => ParquetTable.Stream(files, ["rooms", "area"], shuffle: true, lanes: 2)
            .SelectMany(part => Enumerable.Range(0, part.Count).Select(row => part["rooms"].Number(row) + 100 * part["area"].Number(0))).Shuffle(buffer: 5)
            .Map(v => (X: Tensor.Ones([1]), Y: Tensor.Scalar(v, DType.Float64))).Loader(6, seed: 4);
        double[][] batches = [.. Loader().Select(b => b.Y.ToArray<double>())];
        Assert.Equal(7 * 6, batches.Sum(b => b.Length));
        Assert.Equal([0.0, 0, 1, 1, 2, 2, 3], batches.SelectMany(b => b).Where(v => v % 100 == 1).Select(v => Math.Floor(v / 1000)).Order());
        Assert.Equal(batches[3..], Loader().From(3).Select(b => b.Y.ToArray<double>()));
        var loader = Loader();
        loader.Epoch = 1;
        Assert.NotEqual(batches, loader.Select(b => b.Y.ToArray<double>()));
        Assert.Throws<DatasetException>(() => ParquetTable.Stream([_folder["missing.parquet"]]).Count());
    }

    [Fact]
    public async Task What_is_no_cell_is_passed_over()
    {
        string file = _folder["lists.parquet"];
        await using (var stream = File.Create(file))
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(s_rooms, s_list), stream))
        {
            using var group = writer.CreateRowGroup();
            await group.WriteAsync<int>(s_rooms, new[] { 1, 2 });
            await group.WriteAsync<long>(s_list, new long[] { 1, 2, 3 }, new[] { 0, 1, 0 });
        }
        Assert.Equal("2 rows: rooms (integer)", $"{ParquetTable.Read(file)}");
        Assert.Contains("no column 'list' of single cells, only rooms", Fault(() => ParquetTable.Read(file, ["list"])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_table_is_refused_in_one_sentence()
    {
        string file = await Flats(groups: 1);
        Assert.Contains("cannot be read", Fault(() => ParquetTable.Read(_folder["none.parquet"])), StringComparison.Ordinal);
        Assert.Contains("no column 'size' of single cells, only area, rooms", Fault(() => ParquetTable.Read(file, ["size"])), StringComparison.Ordinal);
        File.WriteAllText(_folder["t.parquet"], "area,rent\n1,2\n");
        Assert.Contains("is no Parquet file", Fault(() => ParquetTable.Read(_folder["t.parquet"])), StringComparison.Ordinal);
        File.WriteAllBytes(_folder["t.parquet"], File.ReadAllBytes(file)[..^20]);
        Assert.Contains("is no Parquet file, or is damaged", Fault(() => ParquetTable.Read(_folder["t.parquet"])), StringComparison.Ordinal);
        Assert.Contains("has no rows", Fault(() => { var empty = Flats(groups: 0).Result; return ParquetTable.Read(empty); }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_damage_does_anything_but_another_table_or_a_fault()
    {
        byte[] plain = File.ReadAllBytes(await Flats(method: CompressionMethod.None)), packed = File.ReadAllBytes(await Flats());
        Fuzz.Run([plain, packed], [[.. "PAR1"u8], [0xFF, 0xFF, 0xFF, 0x7F], [0x15, 0x00]], bytes =>
        {
            File.WriteAllBytes(_folder["d.parquet"], bytes);
            try { Assert.NotEmpty(ParquetTable.Read(_folder["d.parquet"]).Columns); }
            catch (DatasetException e) { Assert.Contains("d.parquet", e.Message, StringComparison.Ordinal); }
        });
    }

    static string Fault(Func<object> read) => Assert.Throws<DatasetException>(read).Message;
}
