using Candeia.Data;

namespace Candeia.Datasets.Tests;

public sealed class TextFilesTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        File.WriteAllText(_folder[name], text);
    }

    [Fact]
    public void Classes_are_folders_in_the_order_of_their_names()
    {
        Write("b/1.txt", "one");
        Write("a/deep/2.txt", "");
        Write("a/0.txt", "zero");
        Write("a/0.md", "no text file");
        Write(".git/x.txt", "hidden");
        var texts = new TextFolder(_folder.Path);
        Assert.Equal(["a", "b"], texts.Classes);
        Assert.Equal([new("zero", 0, "a/0.txt"), new("", 0, "a/deep/2.txt"), new("one", 1, "b/1.txt")], texts);
        Assert.Equal([0, 1, 1], new TextFolder(_folder.Path, ["b", "a"]).Select(t => t.Label));
        Assert.Contains("no folder 'c'", Assert.Throws<DatasetException>(() => new TextFolder(_folder.Path, ["a", "c"])).Message, StringComparison.Ordinal);
        Assert.Throws<DatasetException>(() => new TextFolder(_folder["b"]));
        Assert.Throws<DatasetException>(() => new TextFolder(_folder["nowhere"]));
    }

    [Fact]
    public void A_corpus_is_a_file_or_all_files_of_a_folder()
    {
        Write("b.txt", "\uFEFFsecond");
        Write("a.txt", "first\n");
        Write("c/d.txt", "third");
        Write("empty.txt", "");
        Assert.Equal("second", TextCorpus.Read(_folder["b.txt"]));
        Assert.Equal("first\n\n\nsecond\n\nthird", TextCorpus.Read(_folder.Path));
        Write("blank/b.txt", " \n");
        Assert.Contains("no text in the .txt files", Assert.Throws<DatasetException>(() => TextCorpus.Read(_folder["blank"])).Message, StringComparison.Ordinal);
        Assert.Contains("nothing but blanks", Assert.Throws<DatasetException>(() => TextCorpus.Read(_folder["blank", "b.txt"])).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be read", Assert.Throws<DatasetException>(() => TextCorpus.Read(_folder["empty.txt"])).Message, StringComparison.Ordinal);
        File.WriteAllBytes(_folder["zero.txt"], [65, 0, 66]);
        Assert.Contains("no text in UTF-8", Assert.Throws<DatasetException>(() => TextCorpus.Read(_folder["zero.txt"])).Message, StringComparison.Ordinal);
        File.WriteAllBytes(_folder["latin.txt"], [65, 0xE9, 66]);
        Assert.Equal("A\ufffdB", TextCorpus.Read(_folder["latin.txt"]));
    }

    [Fact]
    public void A_table_has_texts_in_a_column()
    {
        Write("t.csv", "id,text,label\r\n1,\"Hello, \"\"you\"\"\nthere\",spam\r\n\r\n2,Bye,ham\r\n");
        var table = new TextTable(_folder["t.csv"]);
        Assert.Equal(["ham", "spam"], table.Classes);
        Assert.Equal([new("Hello, \"you\"\nthere", 1, "2"), new("Bye", 0, "4")], table);
        Assert.Contains("no column 'words' among id, text, label", Fault(() => new TextTable(_folder["t.csv"], text: "words")), StringComparison.Ordinal);
        Assert.Contains("'ham' is none of the classes spam", Fault(() => new TextTable(_folder["t.csv"], classes: ["spam"])), StringComparison.Ordinal);
        Write("u.csv", "text,label\na,b,c\n");
        Assert.Contains("row 2: it has 3 fields, and the header 2", Fault(() => new TextTable(_folder["u.csv"])), StringComparison.Ordinal);
        Write("v.csv", "text,label\n\"a,b\n");
        Assert.Contains("a quote is opened and not closed", Fault(() => new TextTable(_folder["v.csv"])), StringComparison.Ordinal);
        Write("w.csv", "text,label\n");
        Assert.Contains("no rows", Fault(() => new TextTable(_folder["w.csv"])), StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_tables_are_read_or_refused()
    {
        Write("t.csv", "id,text,label\r\n1,\"Hello, \"\"you\"\"\nthere\",spam\r\n\r\n2,Bye,ham\r\n3,\"\",ham\n");
        Fuzz.Run([File.ReadAllBytes(_folder["t.csv"])], [], bytes =>
        {
            File.WriteAllBytes(_folder["d.csv"], bytes);
            try { Assert.NotEmpty(new TextTable(_folder["d.csv"])); }
            catch (DatasetException fault) { Assert.StartsWith("'", fault.Message, StringComparison.Ordinal); }
        });
    }

    [Fact]
    public void News_have_a_title_and_a_text()
    {
        Write("train.csv", "\"3\",\"Oil, up\",\"It \"\"rose\"\".\"\n\"1\",\"A\",\"B\"\n");
        Write("test.csv", "\"5\",\"A\",\"B\"\n");
        var news = new AgNews(_folder.Path, source: DataSource.Folder);
        Assert.Equal([new("Oil, up It \"rose\".", 2, "1"), new("A B", 0, "2")], news);
        Assert.Equal("business", AgNews.Classes[2]);
        Assert.Contains("row 1: its class '5' is none of 1 to 4", Fault(() => new AgNews(_folder.Path, TextSplit.Test, DataSource.Folder)), StringComparison.Ordinal);
        Write("test.csv", "\"1\",\"A\"\n");
        Assert.Contains("it has 2 fields", Fault(() => new AgNews(_folder.Path, TextSplit.Test, DataSource.Folder)), StringComparison.Ordinal);
    }

    static string Fault(Func<object> make) => Assert.Throws<DatasetException>(make).Message;
}
