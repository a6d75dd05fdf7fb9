using System.Globalization;
using System.Text;

namespace Candeia.Datasets.Tests;

public sealed class TableTests : IDisposable
{
    const string Header = "\"age\";\"job\";\"marital\";\"education\";\"default\";\"housing\";\"loan\";\"contact\";\"month\";\"day_of_week\";\"duration\";\"campaign\";\"pdays\";\"previous\";\"poutcome\";\"emp.var.rate\";\"cons.price.idx\";\"cons.conf.idx\";\"euribor3m\";\"nr.employed\";\"y\"";
    const string Calls = Header + """

        56;"housemaid";"married";"basic.4y";"no";"no";"no";"telephone";"may";"mon";261;1;999;0;"nonexistent";1.1;93.994;-36.4;4.857;5191;"no"
        41;"student";"single";"unknown";"unknown";"yes";"no";"cellular";"may";"tue";55;2;6;1;"success";-1.8;92.893;-46.2;1.299;5099.1;"yes"
        """;

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static string Mail(int row, int spam) => string.Join(',', Enumerable.Range(0, 57).Select(i => (row + i / 100.0).ToString(CultureInfo.InvariantCulture)).Append($"{spam}"));

    [Fact]
    public void Mails_are_57_numbers_and_a_class()
    {
        File.WriteAllText(_folder["spambase.data"], Mail(0, 1) + "\n" + Mail(2, 0) + "\n");
        var mails = new SpamBase(_folder.Path, source: DataSource.Folder);
        Assert.Equal([2, 57], mails.X.Shape);
        Assert.Equal(2, mails.Count);
        Assert.Equal([1L, 0], mails.Y.ToArray<long>());
        Assert.Equal(2.03f, mails[1].X.ToArray<float>()[3]);
        Assert.Equal(-2f, new SpamBase(_folder.Path, x => -x, DataSource.Folder)[1].X.ToArray<float>()[0]);
        File.WriteAllText(_folder["spambase.data"], Mail(0, 2));
        Assert.Contains("row 1: its class '2' is neither 0 nor 1", Fault(() => new SpamBase(_folder.Path, source: DataSource.Folder)), StringComparison.Ordinal);
        File.WriteAllText(_folder["spambase.data"], Mail(0, 1).Replace("0.03", "x", StringComparison.Ordinal));
        Assert.Contains("'x' is no number", Fault(() => new SpamBase(_folder.Path, source: DataSource.Folder)), StringComparison.Ordinal);
        File.WriteAllText(_folder["spambase.data"], "1,2");
        Assert.Contains("it has 2 fields", Fault(() => new SpamBase(_folder.Path, source: DataSource.Folder)), StringComparison.Ordinal);
        Assert.Contains("cannot be read", Fault(() => new SpamBase(_folder["nowhere"], source: DataSource.Folder)), StringComparison.Ordinal);
    }

    [Fact]
    public void Calls_are_numbers_and_categories()
    {
        File.WriteAllText(_folder["bank-additional-full.csv"], Calls);
        var calls = new BankMarketing(_folder.Path, source: DataSource.Folder);
        Assert.Equal(["age", "job=housemaid", "job=student", "marital=married", "marital=single", "education=basic.4y"], calls.Features.Take(6));
        Assert.DoesNotContain("duration", calls.Features);
        Assert.Equal([41f, 0, 1, 0, 1, 0], calls[1].X.ToArray<float>()[..6]);
        Assert.Equal([0L, 1], calls.Y.ToArray<long>());
        Assert.Equal(calls.Features.Count + 1, new BankMarketing(_folder.Path, withCallDuration: true, DataSource.Folder).X.Shape[1]);
        File.WriteAllText(_folder["bank-additional-full.csv"], Calls.Replace("\"yes\"\n", "\"?\"\n", StringComparison.Ordinal).TrimEnd() is var t && t.EndsWith("\"yes\"", StringComparison.Ordinal) ? t[..^5] + "\"?\"" : t);
        Assert.Contains("its answer '?' is neither yes nor no", Fault(() => new BankMarketing(_folder.Path, source: DataSource.Folder)), StringComparison.Ordinal);
        File.WriteAllText(_folder["bank-additional-full.csv"], Calls.Replace("\"job\"", "\"jobs\"", StringComparison.Ordinal));
        Assert.Contains("the header is not", Fault(() => new BankMarketing(_folder.Path, source: DataSource.Folder)), StringComparison.Ordinal);
    }

    [Fact]
    public void Calls_lie_in_an_archive_within_an_archive()
    {
        byte[] inner = MadeArchives.Zip(("bank-additional/bank-additional-full.csv", Encoding.UTF8.GetBytes(Calls)), ("bank-additional/.DS_Store", [1]));
        File.WriteAllBytes(_folder["bank+marketing.zip"], MadeArchives.Zip(("bank.zip", [0]), ("bank-additional.zip", inner)));
        string path = _folder["bank-additional-full.csv"];
        BankMarketing.Unpack(_folder["bank+marketing.zip"], path, null, null, default);
        Assert.Equal(2, new BankMarketing(_folder.Path, source: DataSource.Folder).Count);
        File.Delete(path);
        Assert.Contains("has the SHA-256", Fault(() => { BankMarketing.Unpack(_folder["bank+marketing.zip"], path, new string('0', 64), null, default); return 0; }), StringComparison.Ordinal);
        Assert.Equal(["bank+marketing.zip"], _folder.Files);
    }

    static string Fault(Func<object> make) => Assert.Throws<DatasetException>(make).Message;
}
