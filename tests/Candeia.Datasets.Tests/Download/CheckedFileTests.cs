namespace Candeia.Datasets.Tests;

public sealed class CheckedFileTests : IDisposable
{
    const string Md5OfHello = "5d41402abc4b2a76b9719d911017c592", Sha256OfHello = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Md5OfHello)]
    [InlineData(Sha256OfHello)]
    [InlineData(null)]
    public void A_file_is_fetched_once_and_checked(string? checksum)
    {
        using var server = new TinyServer((_, from) => TinyServer.Proper("hello"u8.ToArray(), from));
        var file = new CheckedFile("greeting.txt", [server.Address.ToString()], 100, checksum);
        Assert.Equal("hello", File.ReadAllText(file.Fetch(_folder["in"])));
        file.Fetch(_folder["in"]);
        Assert.Single(server.Requests);
    }

    [Fact]
    public void Another_file_is_refused_and_the_place_for_it_named()
    {
        using var server = new TinyServer((_, from) => TinyServer.Proper("jello"u8.ToArray(), from));
        string message = Assert.Throws<DatasetException>(() => new CheckedFile("greeting.txt", [server.Address.ToString()], 100, Sha256OfHello).Fetch(_folder.Path)).Message;
        Assert.Contains("has the SHA-256", message, StringComparison.Ordinal);
        Assert.Contains($"instead, put the file at '{_folder["greeting.txt"]}'", message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["greeting.txt"]));
    }
}
