using System.Text;

namespace Candeia.Experiments;

/// <summary>
/// Tales that are drawn, not written: who meets whom, what is lost and found, word by word by a few rules. They are English as far as they go, always there and anybody's; a network
/// that has learnt to foresee them has learnt the rules, and no English.
/// </summary>
static class Tales
{
    static readonly string[]
        s_animals = ["fox", "hare", "otter", "badger", "mouse", "owl", "hedgehog", "crow", "toad", "squirrel", "goose", "cat", "heron", "mole"],
        s_traits = ["old", "young", "clever", "tired", "curious", "proud", "gentle", "hungry", "quiet", "merry", "careful", "lonely"],
        s_places = ["by the river", "in the orchard", "under the old bridge", "at the edge of the wood", "behind the mill", "on the hill", "near the well", "in the high grass"],
        s_weather = ["It was a cold morning.", "The rain had just stopped.", "The moon stood over the fields.", "It was the hottest day of the year.", "Snow lay on the roofs.", "A soft wind blew from the sea.", "The evening was still."],
        s_things = ["a lamp", "a silver key", "a red ribbon", "a round stone", "an apple", "a feather", "a broken clock", "a small bell", "a letter", "a walnut", "a copper coin"],
        s_finds = ["found", "saw", "picked up", "stumbled over", "dug up", "was given"],
        s_says = ["said", "asked", "whispered", "cried", "answered", "called"],
        s_wishes = ["May I have it?", "What will you do with it?", "Whose is it?", "Does it shine at night?", "I lost one like that a year ago.", "It is worth more than you think.", "Throw it away, it brings no luck."],
        s_answers = ["You may carry it for a while.", "I shall keep it until the spring.", "I do not know, but I will find out.", "Let us share it, then.", "Nobody has asked for it yet.", "Come with me and we shall see.", "It is yours, if you can tell me a story."],
        s_deeds = ["walked home together", "sat down and shared some bread", "went to look for its owner", "hid it in a hollow tree", "carried it to the village", "waited until the stars came out", "told nobody about it"],
        s_lessons = ["Who shares a thing has it twice.", "Not all that is lost wants to be found.", "A question costs nothing.", "What is small may still be heavy.", "Friends are found on the way.", "He who waits hears more.", "The night is shorter with a light."],
        s_whiles = ["After a while", "Before long", "The next day", "When the bells rang", "Three days later", "As soon as it was dark"];

    /// <summary>At least so many characters of them; the same seed draws the same.</summary>
    public static string Draw(int characters, ulong seed)
    {
        var random = new Generator(seed);
        var text = new StringBuilder();
        while (text.Length < characters) Tell(text, random);
        return text.ToString();
    }

    static void Tell(StringBuilder text, Generator random)
    {
        string Any(string[] words) => words[random.NextInt(words.Length)];
        string animal = Any(s_animals), other = Any([.. s_animals.Where(a => a != animal)]), trait = Any(s_traits), otherTrait = Any([.. s_traits.Where(t => t != trait)]);
        string thing = Any(s_things), it = thing[(thing.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        string hero = $"the {trait} {animal}", friend = $"the {otherTrait} {other}";
        text.Append($"{Any(s_weather)} {Upper(Article(trait))} {animal} {Any(s_finds)} {thing} {Any(s_places)}.");
        if (random.NextInt(2) == 0) text.Append($" \"Who would leave {thing} here?\" {hero} wondered.");
        text.Append($" {Any(s_whiles)} {Article(otherTrait)} {other} came along.\n");
        for (int turns = 1 + random.NextInt(3); turns > 0; turns--)
        {
            text.Append($"\"{Any(s_wishes)}\" {Any(s_says)} {friend}.");
            text.Append($" \"{Any(s_answers)}\" {Any(s_says)} {hero}.\n");
        }
        if (random.NextInt(3) == 0) text.Append($"Then {friend} looked at the {it} for a long time. ");
        text.Append($"{Any(s_whiles)} {hero} and {friend} {Any(s_deeds)}. {Any(s_lessons)}\n\n");
    }

    static string Article(string word) => $"{("aeiou".Contains(word[0], StringComparison.Ordinal) ? "an" : "a")} {word}";

    static string Upper(string words) => $"{char.ToUpperInvariant(words[0])}{words[1..]}";
}
