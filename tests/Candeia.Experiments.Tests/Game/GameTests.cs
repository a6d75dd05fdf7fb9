using Candeia.Datasets;
using Candeia.Images;
using Candeia.NN;

namespace Candeia.Experiments.Tests;

/// <summary>The game: its rounds over HTTP, and its page in a browser where there is one.</summary>
public sealed class GameTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public GameTests()
    {
        Generator.Seed(1);
        SavedNetwork.Save(_folder["model.safetensors"], new MomentNet(), "best");
    }

    public void Dispose() => _folder.Dispose();

    Task<PageServer> StartAsync() => PageServer.StartAsync((started, stop) => GameJob.RunAsync(GameJob.Network(_folder.Path, "nowhere"), 0, started, stop));

    [Fact]
    public void A_round_is_a_picture_and_its_truth_and_the_networks_guess_are_those_of_that_picture()
    {
        var network = SavedNetwork.Load(_folder["model.safetensors"]).Train();
        var rounds = new GameRounds(network, seed: 9);
        using var off = Autograd.NoGrad();
        foreach (bool hard in (bool[])[false, true, false])
        {
            var round = rounds.Next(hard);
            var (truth, said) = rounds.Reveal(round.Id)!;
            var item = GuessTheCorrelation.Draw(9, round.Id);
            Assert.Equal(item.Y.Item(), truth);
            Assert.Equal(Math.Clamp(network.Forward(CorrelationNet.Crop(item.X).Unsqueeze(0)).ToArray<float>()[0], -1, 1), said);
            var shown = Image.Decode(Convert.FromBase64String(round.Picture["data:image/png;base64,".Length..]));
            Assert.Equal(item.X.ToArray<float>(), shown.ToGray().ToTensor().ToArray<float>());
        }
        Assert.Null(rounds.Reveal(26));
        Assert.Null(rounds.Reveal(-1));
    }

    [Fact]
    public void A_hard_round_is_the_one_of_many_that_the_network_gets_most_wrong()
    {
        var rounds = new GameRounds(SavedNetwork.Load(_folder["model.safetensors"]), seed: 3);
        var hard = rounds.Next(hard: true);
        double Error(int id) => rounds.Reveal(id) is var (truth, said) ? Math.Abs(truth - said) : throw new InvalidOperationException();
        Assert.Equal(Enumerable.Range(0, 24).Max(Error), Error(hard.Id));
    }

    [Fact]
    public async Task Rounds_are_played_over_HTTP()
    {
        await using var game = await StartAsync();
        string page = await game.Http.GetStringAsync(new Uri("/", UriKind.Relative));
        Assert.Contains("Guess the correlation", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("(src|href)=\"(?!data:)", page);               // nothing from elsewhere
        Assert.Equal(404, (await game.GetAsync("/reveal?id=0")).Status);
        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i => (await game.GetAsync($"/round?hard={(i % 5 == 0 ? "true" : "false")}")).Said.GetProperty("id").GetInt32()));
        Assert.Distinct(ids);
        foreach (int id in ids)
        {
            var (status, said) = await game.GetAsync($"/reveal?id={id}");
            Assert.Equal(200, status);
            Assert.InRange(said.GetProperty("truth").GetDouble(), -1, 1);
            Assert.InRange(said.GetProperty("network").GetDouble(), -1, 1);
        }
        Assert.Equal(404, (await game.GetAsync("/reveal?id=100000")).Status);
        Assert.Equal(404, (await game.GetAsync("/reveal?id=x")).Status);
    }

    [Fact]
    public void Without_a_network_it_says_how_one_comes_to_be()
    {
        Assert.Contains("'guess-the-correlation --quick' teaches one", Assert.Throws<UserException>(() => GameJob.Network(null, _folder["runs"])).Message, StringComparison.Ordinal);
        Assert.Contains("no network 'there'", Assert.Throws<UserException>(() => GameJob.Network("there", _folder.Path)).Message, StringComparison.Ordinal);
        Assert.Equal(_folder["model.safetensors"], GameJob.Network(null, _folder.Path));
        Assert.Equal(_folder["model.safetensors"], GameJob.Network(_folder["model.safetensors"], "runs"));
    }

    [SkippableTheory]
    [InlineData(400, false)]
    [InlineData(400, true)]
    [InlineData(1200, false)]
    [InlineData(1200, true)]
    public async Task In_a_browser_it_is_played_by_keys_and_by_pointing(int width, bool dark)
    {
        await using var game = await StartAsync();
        await using var browser = await Browser.OpenAsync(game.Address, width, 900, dark);
        await browser.UntilAsync("document.getElementById('picture').naturalWidth === 150 && !document.getElementById('go').disabled");
        Assert.Empty(await Looks.FaultsAsync(browser, "play-begin", width, dark));
        await browser.PressAsync("ArrowRight");
        await browser.PressAsync("ArrowRight");
        Assert.Equal("0.02", (await browser.RunAsync("$('value').textContent")).GetString());
        await browser.PressAsync("Enter");
        await browser.UntilAsync("!$('result').hidden");
        Assert.Equal("1", (await browser.RunAsync("$('rounds').textContent")).GetString());
        Assert.Matches(@"^truth −?\d\.\d\d, you 0\.02, network −?\d\.\d\d$", (await browser.RunAsync("$('numbers').textContent")).GetString());
        Assert.Equal(2, (await browser.RunAsync("document.querySelectorAll('#histogram rect[height]:not([height=\"0\"])').length")).GetInt32());
        Assert.Empty(await Looks.FaultsAsync(browser, "play", width, dark));
        await browser.PressAsync("Enter");
        await browser.UntilAsync("$('result').hidden && !$('go').disabled");
        await browser.PressAsync("h");
        await browser.UntilAsync("$('hard').checked && !$('go').disabled");
        await browser.RunAsync("$('slider').value = 0.5; $('slider').dispatchEvent(new Event('input')); $('go').click()");
        await browser.UntilAsync("$('rounds').textContent === '2'");
        await browser.RunAsync("window.isOld = true; location.reload()");
        await browser.UntilAsync("!window.isOld && document.readyState === 'complete' && typeof $ === 'function' && $('rounds').textContent === '2'");
        await browser.RunAsync("$('again').click()");
        await browser.UntilAsync("$('rounds').textContent === '0'");
        Assert.Empty(browser.Faults);
    }
}
