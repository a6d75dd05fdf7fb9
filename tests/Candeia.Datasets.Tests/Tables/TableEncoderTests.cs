using System.Text;

namespace Candeia.Datasets.Tests;

public sealed class TableEncoderTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    DataFrame Read(string text, IReadOnlyDictionary<string, ColumnKind>? kinds = null)
    {
        File.WriteAllText(_folder["t.csv"], text);
        return CsvTable.Read(_folder["t.csv"], kinds: kinds);
    }

    const string Train = """
        area,quarter,day,built,same,name,rent
        40,park,2026-01-01,1990,1,a,10
        60,park,2026-07-01,,1,b,20
        40,port,2026-01-01,2010,1,c,30
        60,port,2026-07-01,2000,1,d,40
        50,moor,2026-04-01,2000,1,e,
        50,moor,2026-04-01,2000,1,f,50
        50,,2026-04-01,2000,1,g,30
        """;

    [Fact]
    public void Each_column_becomes_numbers_that_say_where_they_come_from()
    {
        var encoder = TableEncoder.Fit(Read(Train), "rent", TableTask.Regression);
        Assert.Equal(
            ["area", "quarter=park", "quarter=port", "quarter unknown", "quarter missing", "day year", "day month sin", "day month cos", "day weekday sin", "day weekday cos", "built", "built missing"],
            encoder.Features);
        Assert.Equal(["area", "quarter", "day", "built"], encoder.Columns);
        Assert.Equal(encoder.Features.Count, encoder.Origins.Count);
        Assert.All(encoder.Features.Zip(encoder.Origins), f => Assert.StartsWith(f.Second, f.First, StringComparison.Ordinal));
        Assert.Equal(["name", "same"], encoder.LeftOut.Keys.Order());
        Assert.Equal("its cells are all the same", encoder.LeftOut["same"]);

        var data = encoder.Dataset(Read(Train));
        Assert.Equal([6, 12], data.X.Shape);                                              // one row has no target
        Assert.Equal(encoder.Features, data.Features);
        Assert.Null(data.Classes);
        float[,] x = Rows(data.X);
        Assert.Equal([-1, 1, -1, 1, 0, 0], Column(x, 0).Select(v => Math.Round(v / Math.Sqrt(1.5), 4)));   // 40 and 60 around 50, ±10·√(4/6)
        Assert.Equal([1f, 1, 0, 0, 0, 0], Column(x, 1));
        Assert.Equal([0f, 0, 0, 0, 1, 0], Column(x, 3));                                  // moor occurs once among the rows with a target
        Assert.Equal([0f, 0, 0, 0, 0, 1], Column(x, 4));
        Assert.Equal([0f, 1, 0, 0, 0, 0], Column(x, 11));
        Assert.Equal(0f, x[1, 10]);
        Assert.Equal(30, encoder.TargetMean, 1e-12);
        Assert.All(encoder.Decode(data.Y).Zip([10.0, 20, 30, 40, 50, 30]), p => Assert.Equal(p.Second, p.First, 1e-5));
    }

    [Fact]
    public void Only_the_training_rows_decide()
    {
        var train = Read(Train);
        var encoder = TableEncoder.Fit(train.Subset([0, 1, 2, 3]), "rent", TableTask.Regression);
        var later = Read("area,quarter,day,built\n1e30,desert,2026-01-01,\n50,park,2026-07-01,2000\n", encoder.Kinds);
        float[,] x = Rows(encoder.Encode(later));
        int unknown = encoder.Features.ToList().IndexOf("quarter unknown");
        Assert.Equal(1f, x[0, unknown]);
        Assert.Equal(100f, x[0, 0]);                                                      // as far as a number may be
        Assert.Equal(0f, x[1, 0], 1e-6);
        Assert.Equal(new Dictionary<string, int> { ["quarter"] = 1 }, encoder.Unseen(later));
        Assert.Empty(encoder.Unseen(train.Subset([0, 1, 2, 3])));
    }

    [Fact]
    public void A_day_later_is_near_also_at_the_turn_of_the_year()
    {
        var rows = Enumerable.Range(0, 40).Select(i => new { Day = new DateTime(2025, 12, 20).AddDays(i).AddHours(i % 3), Y = (double)i });
        var encoder = TableEncoder.Fit(DataFrame.Of(rows), "Y");
        Assert.Equal(7, encoder.Features.Count);
        var x = Rows(encoder.Encode(DataFrame.Of([new { Day = new DateTime(2025, 12, 31) }, new { Day = new DateTime(2026, 1, 1) }])));
        for (int j = 1; j <= 2; j++) Assert.InRange(Math.Abs(x[0, j] - x[1, j]), 0, 0.03);
    }

    [Theory]
    [InlineData("c\na\nb\na\nb\n", TableTask.Classification, "a|b")]
    [InlineData("c\n10\n9\n10\n9\n", TableTask.Classification, "9|10")]
    [InlineData("c\ntrue\nfalse\ntrue\ntrue\n", TableTask.Classification, "false|true")]
    [InlineData("c\n1.5\n2\n1.5\n3\n", TableTask.Regression, "")]
    [InlineData("c\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n", TableTask.Regression, "")]
    public void The_target_says_what_is_predicted(string target, TableTask task, string classes)
    {
        string[] lines = target.TrimEnd().Split('\n');
        var table = Read(string.Join('\n', lines.Select((l, i) => i == 0 ? $"{l},x" : $"{l},{i}")));
        var encoder = TableEncoder.Fit(table, "c");
        Assert.Equal(task, encoder.Task);
        Assert.Equal(classes, string.Join('|', encoder.Classes));
        if (task == TableTask.Classification) Assert.All(encoder.Dataset(table).Y.ToArray<long>().Index(), y => Assert.Equal(table["c"].Text(y.Index), encoder.Classes[(int)y.Item]));
    }

    [Fact]
    public void What_cannot_be_learnt_is_refused_in_one_sentence()
    {
        string Fault(string text, string target = "y", TableTask task = TableTask.Auto) => Assert.Throws<DatasetException>(() => TableEncoder.Fit(Read(text), target, task)).Message;
        Assert.Contains("has no column 'z', only x, y", Fault("x,y\n1,2\n2,3\n", "z"), StringComparison.Ordinal);
        Assert.Contains("is 2 in every row", Fault("x,y\n1,2\n2,2\n", task: TableTask.Regression), StringComparison.Ordinal);
        Assert.Contains("is 'a' in every row", Fault("x,y\n1,a\n2,a\n"), StringComparison.Ordinal);
        Assert.Contains("words, not numbers", Fault("x,y\n1,a\n2,a\n", task: TableTask.Regression), StringComparison.Ordinal);
        Assert.Contains("holds dates", Fault("x,y\n1,2026-01-01\n2,2026-01-02\n"), StringComparison.Ordinal);
        Assert.Contains("4 different values in 4 rows", Fault("x,y\n1,a\n2,b\n3,c\n4,d\n"), StringComparison.Ordinal);
        Assert.Contains("no row with a value", Fault("x,y\n1,\n2,\n"), StringComparison.Ordinal);
        Assert.Contains("no column that 'y' could be predicted from: x is left out because its cells are all the same", Fault("x,y\n1,a\n1,b\n1,a\n1,b\n"), StringComparison.Ordinal);
        Assert.Contains("too large", Fault("x,y\n1,1e308\n2,-1e308\n3,1\n", task: TableTask.Regression), StringComparison.Ordinal);

        var encoder = TableEncoder.Fit(Read("x,w,y\n1,p,a\n2,p,b\n3,q,a\n4,q,b\n"), "y");
        Assert.Contains("lacks the columns 'x', 'w'", Assert.Throws<DatasetException>(() => encoder.Encode(Read("z\n1\n"))).Message, StringComparison.Ordinal);
        Assert.Contains("holds words where the training had numbers", Assert.Throws<DatasetException>(() => encoder.Encode(Read("x,w\nmany,p\n"))).Message, StringComparison.Ordinal);
        Assert.Contains("has the class 'c'", Assert.Throws<DatasetException>(() => encoder.Dataset(Read("x,w,y\n1,p,c\n"))).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => encoder.Decode(Tensor.Zeros([1])));
    }

    [Fact]
    public void It_is_the_same_after_saving()
    {
        var table = Read(Train);
        foreach (var encoder in new[] { TableEncoder.Fit(table, "rent", TableTask.Regression), TableEncoder.Fit(Read("x,w,y\n1,p,a\n2,p,b\n3,q,a\n4,q,b\n"), "y", without: ["w"]) })
        {
            encoder.Save(_folder["table.json"]);
            var again = TableEncoder.Load(_folder["table.json"]);
            Assert.Equal(encoder.Features, again.Features);
            Assert.Equal(encoder.Classes, again.Classes);
            Assert.Equal(encoder.LeftOut, again.LeftOut);
            Assert.Equal(encoder.Kinds, again.Kinds);
            if (encoder.Task == TableTask.Regression) Assert.Equal(encoder.Encode(table).ToArray<float>(), again.Encode(table).ToArray<float>());
        }
    }

    [Fact]
    public void No_damage_to_a_saved_one_does_anything_but_a_fault()
    {
        var table = Read(Train);
        TableEncoder.Fit(table, "rent", TableTask.Regression).Save(_folder["table.json"]);
        Fuzz.Run([File.ReadAllBytes(_folder["table.json"])], [[.. "null"u8], [.. "1e999"u8], [.. "\"park\""u8], [.. "[]"u8], [.. "\"date\""u8], [.. "-0"u8]], bytes =>
        {
            File.WriteAllBytes(_folder["d.json"], bytes);
            try
            {
                var encoder = TableEncoder.Load(_folder["d.json"]);
                var x = encoder.Encode(table);
                Assert.Equal([table.Count, encoder.Features.Count], x.Shape);
                Assert.All(x.ToArray<float>(), v => Assert.True(float.IsFinite(v)));
            }
            catch (DatasetException) { }
        });
        Assert.Contains("cannot be read", Assert.Throws<DatasetException>(() => TableEncoder.Load(_folder["none.json"])).Message, StringComparison.Ordinal);
    }

    static float[,] Rows(Tensor x)
    {
        float[] flat = x.ToArray<float>();
        var rows = new float[x.Shape[0], x.Shape[1]];
        Buffer.BlockCopy(flat, 0, rows, 0, 4 * flat.Length);
        return rows;
    }

    static IEnumerable<float> Column(float[,] rows, int column) => Enumerable.Range(0, rows.GetLength(0)).Select(i => rows[i, column]);
}
