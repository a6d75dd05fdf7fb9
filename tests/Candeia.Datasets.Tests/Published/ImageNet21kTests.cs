namespace Candeia.Datasets.Tests;

/// <summary>The lists as they are published: a line for each class, in two files.</summary>
public sealed class ImageNet21kTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    void Put(string ids, string lemmas)
    {
        Layouts.Write(_folder["data", "imagenet21k", "imagenet21k_wordnet_ids.txt"], ("", Layouts.Text(ids)));
        Layouts.Write(_folder["data", "imagenet21k", "imagenet21k_wordnet_lemmas.txt"], ("", Layouts.Text(lemmas)));
    }

    [Fact]
    public void Numbers_and_words_belong_together()
    {
        Put("n00004475\nn00005787\r\nn02084071\n", "organism, being\nbenthos\ndog, domestic_dog, Canis_familiaris\n");
        var classes = ImageNet21k.Classes(_folder["data"]);
        Assert.Equal([("n00004475", "organism, being"), ("n00005787", "benthos"), ("n02084071", "dog, domestic_dog, Canis_familiaris")], classes);
        Assert.Equal(classes, ImageNet21k.Classes(_folder["data", "imagenet21k"], DataSource.Folder));
    }

    [Theory]
    [InlineData("n00004475\n", "a\nb\n", "1 classes"), InlineData("n00004475\n4475\n", "a\nb\n", "4475"), InlineData("n0000447x\n", "a\n", "n0000447x")]
    public void Other_lists_are_refused(string ids, string lemmas, string said)
    {
        Put(ids, lemmas);
        Assert.Contains(said, Assert.Throws<DatasetException>(() => ImageNet21k.Classes(_folder["data"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_there_is_said() =>
        Assert.Contains("imagenet21k_wordnet_ids.txt", Assert.Throws<DatasetException>(() => ImageNet21k.Classes(_folder["nowhere"], DataSource.Folder)).Message, StringComparison.Ordinal);
}
