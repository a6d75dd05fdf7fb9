namespace Candeia.Datasets;

/// <summary>The data sets of pictures in which things are marked: where each comes from, and how it is read.</summary>
internal static class SceneSets
{
    /// <summary>A data set of the table.</summary>
    /// <param name="Origin">Where it comes from.</param>
    /// <param name="Read">Its pictures, from its folder and a part.</param>
    public sealed record Entry(Origin Origin, Func<string, string, Scenes> Read);

    const string Voc = "http://host.robots.ox.ac.uk/pascal/VOC/voc", Coco = "http://images.cocodataset.org/", Flickr = "https://github.com/jbrownlee/Datasets/releases/download/Flickr8k/";

    public static IReadOnlyDictionary<string, Entry> All { get; } = PascalVoc().Concat(CocoYears()).Concat(Others()).ToDictionary();

    public static Entry Of(string name) => All.TryGetValue(name, out var entry) ? entry
        : throw new ArgumentException($"There is no data set '{name}'; there are {string.Join(", ", All.Keys.Order(StringComparer.Ordinal))}.", nameof(name));

    static IEnumerable<KeyValuePair<string, Entry>> PascalVoc()
    {
        foreach (var (year, archive, checksum) in ((int, string, string)[])
            [
                (2007, "VOCtrainval_06-Nov-2007.tar", "c52e279531787c972589f7e41ab4ae64"), (2008, "VOCtrainval_14-Jul-2008.tar", "2629fa636546599198acfcfbfcf1904a"),
                (2009, "VOCtrainval_11-May-2009.tar", "59065e4b188729180974ef6572f6a212"), (2010, "VOCtrainval_03-May-2010.tar", "da459979d0c395079b5c75ee67908abb"),
                (2011, "VOCtrainval_25-May-2011.tar", "6c3384ef61512963050cb5d687e5bf1e"), (2012, "VOCtrainval_11-May-2012.tar", "6cd6e144f989b92b3379bac3b3de84fd"),
            ])
        {
            string address = $"{Voc}{year}/";
            var origin = new Origin($"voc{year}", year == 2007 ? ["train", "val", "trainval", "test"] : ["train", "val", "trainval"],
                split => [split == "test" ? LabelledSets.File(address + "VOCtest_06-Nov-2007.tar", "b6e924de25625d8de591ea690078ad9f") : LabelledSets.File(address + archive, checksum)]);
            yield return new($"voc{year}_detection", new(origin, (folder, split) => PascalVocFiles.Detection(folder, year, split)));
            yield return new($"voc{year}_segmentation", new(origin, (folder, split) => PascalVocFiles.Segmentation(folder, year, split)));
        }
    }

    static IEnumerable<KeyValuePair<string, Entry>> CocoYears()
    {
        foreach (var (year, lists, train, val) in ((int, string, string, string)[])
            [
                (2014, "d3e24dc9f5bda3e7887a1e6a5ff34c0c", "0da8cfa0e090c266b78f30e2d2874f1a", "a3d79f5ed8d289b7a7554ce06a5782b3"),
                (2017, "f4bbac642086de4f52a3fdda2de5fa2c", "cced6f7f71b7629ddf16f17bbcfab6b2", "442b8da7639aecaf257c1dceb8ba8c80"),
            ])
        {
            var origin = new Origin($"coco{year}", ["train", "val"], split =>
            [
                LabelledSets.File($"{Coco}annotations/annotations_trainval{year}.zip", lists), LabelledSets.File($"{Coco}zips/{split}{year}.zip", split == "train" ? train : val),
            ]);
            yield return new($"coco{year}_detection", new(origin, (folder, split) => CocoFiles.Detection(folder, $"{split}{year}")));
            yield return new($"coco{year}_keypoints", new(origin, (folder, split) => CocoFiles.KeyPoints(folder, $"{split}{year}")));
            yield return new($"coco{year}_captions", new(origin, (folder, split) => CocoFiles.Captions(folder, $"{split}{year}")));
        }
    }

    static IEnumerable<KeyValuePair<string, Entry>> Others()
    {
        yield return new("celeba", new(new("celeba", ["train", "valid", "test", "all"], _ => []) { Home = "https://mmlab.ie.cuhk.edu.hk/projects/CelebA.html" }, CelebA.Read));
        yield return new("cityscapes", new(new("cityscapes", ["train", "val", "test"], _ => []) { Home = "https://www.cityscapes-dataset.com" }, Cityscapes.Read));
        yield return new("flickr8k", new(new("flickr8k", ["train", "val", "test"], _ =>
        [
            LabelledSets.File(Flickr + "Flickr8k_text.zip", "bf6c1abcb8e4a833b7f922104de18627"), LabelledSets.File(Flickr + "Flickr8k_Dataset.zip", "f18a1e2920de5bd84dae7cf08ec78978"),
        ]), Captions.Flickr8k));
        yield return new("rf100_peixos", new(new("rf100-peixos", ["train", "valid", "test"],
            _ => [LabelledSets.File("https://huggingface.co/datasets/akankshakoshti/rf100-peixos/resolve/main/peixos-fish.zip", "006c5f5e6f06e81a565c50df36dae6b9")]), CocoFiles.Roboflow));
        yield return new("flickr30k", new(new("flickr30k", ["train", "val", "test"], _ =>
        [
            new("flickr30k-images.tar.gz", ["https://uofi.app.box.com/shared/static/1cpolrtkckn4hxr1zhmfg0ln9veo6jpl.gz"], 1L << 36, "985ac761bbb52ca49e0c474ae806c07c"),
            LabelledSets.File("https://cs.stanford.edu/people/karpathy/deepimagesent/caption_datasets.zip", "4fa8c08369d22fe16e41dc124bd1adc2"),
        ]), Captions.Flickr30k));
        yield return new("oxford_pets_segmentation", new(LabelledSets.Pets, (folder, split) =>
        {
            var pets = LabelledLists.Pets(folder, split);
            return Scenes.OfMasks(["none", "pet", "background", "border"],
                [.. pets.Select(p => (Path.Combine(folder, "images", p.Name + ".jpg"), Path.Combine(folder, "annotations", "trimaps", p.Name + ".png")))], i => Tensor.From([(long)pets[i].Breed]));
        }));
    }
}
