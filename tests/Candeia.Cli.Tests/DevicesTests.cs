namespace Candeia.Cli.Tests;

/// <summary>The devices of this machine.</summary>
public sealed class DevicesTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_processor_is_there_and_others_or_what_is_missing()
    {
        string output = Tool.Apart(_folder.Path, "devices").AssertOk().Output;
        Assert.Matches(@"^cpu: \d+ threads", output);
        Assert.Matches(@"opencl:0: .+, \d+\.\d GiB|There is no OpenCL on this machine\. .*apt-get install|OpenCL is there, but knows no device", output);
    }
}
