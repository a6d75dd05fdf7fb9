using System.Text;

namespace Candeia.Datasets.Tests;

public sealed class CsvTableTests : IDisposable
{
    const string All = """"
        id,price,sold,new,day,kind,note
        1,2.5,true,1e3,2026-03-08,apple,"red, round"
        2,-1,FALSE,NA,2026-03-09 14:30,pear,"he said ""ripe"""
        3,?,,4,,apple,long
        4,0.125,true,7,8.3.2026,pear,other
        """";

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    DataFrame Read(string text, char? separator = null, bool header = true)
    {
        File.WriteAllText(_folder["t.csv"], text);
        return CsvTable.Read(_folder["t.csv"], separator, header);
    }

    string Fault(string text) => Assert.Throws<DatasetException>(() => Read(text)).Message;

    [Fact]
    public void Every_column_has_the_narrowest_kind_of_its_cells()
    {
        var table = Read(All);
        Assert.Equal(
            [ColumnKind.Integer, ColumnKind.Number, ColumnKind.Boolean, ColumnKind.Number, ColumnKind.Date, ColumnKind.Category, ColumnKind.Text], table.Columns.Select(c => c.Kind));
        Assert.Equal([0, 1, 1, 1, 1, 0, 0], table.Columns.Select(c => c.Missing));
        Assert.Equal([2.5, -1, double.NaN, 0.125], Enumerable.Range(0, 4).Select(table["price"].Number));
        Assert.Equal(["true", "false", null, "true"], Enumerable.Range(0, 4).Select(table["sold"].Text));
        Assert.Equal(["2026-03-08", "2026-03-09 14:30:00", null, "2026-03-08"], Enumerable.Range(0, 4).Select(table["day"].Text));
        Assert.Equal(["red, round", "he said \"ripe\""], Enumerable.Range(0, 2).Select(table["note"].Text));
        Assert.Equal("4 rows: id (integer), price (number, 1 missing), sold (boolean, 1 missing), new (number, 1 missing), day (date, 1 missing), kind (category), note (text)", $"{table}");
    }

    [Theory]
    [InlineData("a;b\n1,5;x\n2,25;y\n", 1.5)]
    [InlineData("a\tb\n1.5\tx\n2\ty\n", 1.5)]
    [InlineData("a|b\n1.5|x, y; z\n2|y\n", 1.5)]
    [InlineData("\"a\",\"b;c;d\"\n1.5,x\n2,y\n", 1.5)]
    [InlineData("\uFEFFa,b\r\n1.5,x\r\n\r\n2,y\r\n", 1.5)]
    public void Separators_decimal_commas_and_marks_are_found(string text, double first)
    {
        var table = Read(text);
        Assert.Equal("a", table.Columns[0].Name);
        Assert.Equal(ColumnKind.Number, table.Columns[0].Kind);
        Assert.Equal(first, table.Columns[0].Number(0));
        Assert.Equal(2, table.Count);
    }

    [Fact]
    public void UTF_16_with_a_mark_a_given_separator_and_no_header_are_read()
    {
        File.WriteAllText(_folder["w.csv"], "größe,b\n1,2\n", Encoding.Unicode);
        Assert.Equal("größe", CsvTable.Read(_folder["w.csv"]).Columns[0].Name);
        var table = Read("1:2\n3:4\n", ':', header: false);
        Assert.Equal(["column 1", "column 2"], table.Columns.Select(c => c.Name));
        Assert.Equal(2, table.Count);
        Assert.Equal(["a", "column 2"], Read("a,\n1,2\n").Columns.Select(c => c.Name));
    }

    [Fact]
    public void Given_kinds_are_kept_or_refused_with_their_row()
    {
        File.WriteAllText(_folder["t.csv"], "code,size\n01,3\n02,\n\n03,big\n");
        var codes = CsvTable.Read(_folder["t.csv"], kinds: new Dictionary<string, ColumnKind> { ["code"] = ColumnKind.Category });
        Assert.Equal("01", codes["code"].Text(0));
        var fault = Assert.Throws<DatasetException>(() => CsvTable.Read(_folder["t.csv"], kinds: new Dictionary<string, ColumnKind> { ["size"] = ColumnKind.Integer }));
        Assert.Equal(5, fault.Row);
        Assert.Contains("'big' in the column 'size' is no number", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_table_is_refused_in_one_sentence()
    {
        Assert.Contains("is empty", Fault(""), StringComparison.Ordinal);
        Assert.Contains("no rows", Fault("\n\n"), StringComparison.Ordinal);
        Assert.Contains("no rows below its header", Fault("a,b\n"), StringComparison.Ordinal);
        Assert.Contains("row 3: it has 1 field, and the first row 2", Fault("a,b\n1,2\n3\n"), StringComparison.Ordinal);
        Assert.Contains("two columns have the name 'a'", Fault("a,a\n1,2\n"), StringComparison.Ordinal);
        Assert.Contains("a quote is opened and not closed", Fault("a,b\n1,\"2\n"), StringComparison.Ordinal);
        File.WriteAllBytes(_folder["l.csv"], [.. "a,b\n1,Stra"u8, 0xDF, .. "e\n"u8]);
        Assert.Contains("row 2: it is no text in UTF-8", Assert.Throws<DatasetException>(() => CsvTable.Read(_folder["l.csv"])).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be read", Assert.Throws<DatasetException>(() => CsvTable.Read(_folder["none.csv"])).Message, StringComparison.Ordinal);
        Assert.Contains("has no column 'c', only a, b", Assert.Throws<DatasetException>(() => Read("a,b\n1,2\n")["c"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_damage_does_anything_but_another_table_or_a_fault() => Fuzz.Run(
        [Encoding.UTF8.GetBytes(All), "a;b\n1,5;x\n2,25;\"y\"\n"u8.ToArray()], [[.. "\""u8], [.. "\n"u8], [.. "1e999"u8], [.. "9999-12-31"u8], [0xEF, 0xBB, 0xBF]], bytes =>
        {
            File.WriteAllBytes(_folder["d.csv"], bytes);
            try { Assert.True(CsvTable.Read(_folder["d.csv"]) is { Count: > 0, Columns.Count: > 0 }); }
            catch (DatasetException e) { Assert.Contains("d.csv", e.Message, StringComparison.Ordinal); }
        });

    [Fact]
    public void Tables_of_objects_have_their_properties_as_columns()
    {
        var table = DataFrame.Of<Flat>([new(1, 2.5, true, new(2026, 3, 8), Quarter.Park, "x", 3), new(2, null, false, new(2026, 3, 9), Quarter.Park, null, null)]);
        Assert.Equal(
            "2 rows: Rooms (integer), Area (number, 1 missing), New (boolean), Listed (date), Quarter (category), Note (category, 1 missing), Floor (integer, 1 missing)", $"{table}");
        Assert.Equal(1, table["Listed"].Number(1) - table["Listed"].Number(0));
        Assert.Equal("Park", table["Quarter"].Text(0));
        Assert.Contains("values of type Object", Assert.Throws<ArgumentException>(() => DataFrame.Of([new { What = new object() }])).Message, StringComparison.Ordinal);
        Assert.Contains("no public properties", Assert.Throws<ArgumentException>(() => DataFrame.Of([new object()])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => DataFrame.Of([new { Size = double.PositiveInfinity }]));
    }

    [Fact]
    public void Parts_of_a_table_have_all_rows_once()
    {
        var table = DataFrame.Of(Enumerable.Range(0, 10).Select(i => new { Row = i }));
        var (first, second) = table.Split(0.7, seed: 1);
        Assert.Equal((7, 3), (first.Count, second.Count));
        Assert.Equal(Enumerable.Range(0, 10), new[] { first, second }.SelectMany(t => Enumerable.Range(0, t.Count).Select(r => (int)t["Row"].Number(r))).Order());
        Assert.Throws<ArgumentException>(() => new DataFrame([new("a", ColumnKind.Number, [1.0]), new("a", ColumnKind.Number, [2.0])]));
        Assert.Throws<ArgumentException>(() => new DataFrame([new("a", ColumnKind.Number, [1.0]), new("b", ColumnKind.Number, [2.0, 3])]));
        Assert.Throws<ArgumentException>(() => new DataColumn("a", ColumnKind.Text, [1.0]));
        Assert.Throws<ArgumentException>(() => new DataColumn("a", ColumnKind.Date, ["x"]));
    }

    enum Quarter { Harbour, Park }

    sealed record Flat(int Rooms, double? Area, bool New, DateOnly Listed, Quarter Quarter, string? Note, int? Floor);
}
